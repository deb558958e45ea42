/** The query of a URL: a repeated name becomes an array, a value is never split. */
export function queryOf(url: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of new URL(url).searchParams) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') continue
    const earlier = query[name]
    query[name] = earlier === undefined ? value : [earlier, value].flat()
  }
  return query
}

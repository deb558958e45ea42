/** The address of the same list with some of its query changed; null and empty remove a key. */
export function withQuery(path: string, current: URLSearchParams, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(current)
  for (const news of ['done', 'count', 'undo', 'back']) query.delete(news)
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value)
    else query.delete(name)
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** Where the next page and the first one are. */
export function pagerOf(path: string, query: URLSearchParams, nextCursor: string | null) {
  return {
    nextTo: nextCursor ? withQuery(path, query, { cursor: nextCursor }) : null,
    firstTo: query.has('cursor') ? withQuery(path, query, { cursor: null }) : null,
  }
}

/** The keys of a page's query that its service understands, without empty ones. */
export function pickQuery(query: URLSearchParams, names: string[]): string {
  const picked = new URLSearchParams()
  for (const name of names) {
    const value = query.get(name)?.trim()
    if (value) picked.set(name, value)
  }
  return picked.toString()
}

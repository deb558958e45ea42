export type Variables = Record<string, string | undefined>

const NAME = /[A-Za-z0-9_]/

/** Index just behind the brace that closes the one opened before `start`. */
function closingBrace(text: string, start: number): number {
  let depth = 1
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  throw new Error(`A "\${" is never closed in "${text}".`)
}

function expand(expression: string, variables: Variables): string {
  const [, name = '', operator = '', word = ''] = /^([A-Za-z0-9_]+)(:?[-+?])?([\s\S]*)$/.exec(expression) ?? []
  if (!name) throw new Error(`"\${${expression}}" names no variable.`)
  const value = variables[name]
  const isPresent = operator.startsWith(':') ? Boolean(value) : value !== undefined
  if (operator.endsWith('-')) return isPresent ? String(value) : interpolate(word, variables)
  if (operator.endsWith('+')) return isPresent ? interpolate(word, variables) : ''
  if (operator.endsWith('?') && !isPresent) throw new Error(`${name} is required: ${interpolate(word, variables)}`)
  return value ?? ''
}

/** Compose's variables: `$NAME`, `${NAME}`, `${NAME:-default}`, `:+`, `:?`, nested; `$$` is a dollar sign. */
export function interpolate(text: string, variables: Variables): string {
  let result = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$') result += text[at]
    else if (text[at + 1] === '$') result += text[++at]
    else if (text[at + 1] === '{') {
      const end = closingBrace(text, at + 2)
      result += expand(text.slice(at + 2, end), variables)
      at = end
    } else {
      let end = at + 1
      while (end < text.length && NAME.test(text[end] ?? '')) end++
      result += end === at + 1 ? '$' : (variables[text.slice(at + 1, end)] ?? '')
      at = end - 1
    }
  }
  return result
}

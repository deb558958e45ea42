export type Variables = Record<string, string | undefined>

/** A default may hold variables with defaults of their own, two braces deep. */
const WORD = String.raw`(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*`
const REFERENCE = new RegExp(String.raw`\$(?:\$|\{(\w+)(?:(:?[-+?])(${WORD}))?\}|(\w+)|\{)`, 'g')

/** Compose's variables: `$NAME`, `${NAME}`, `${NAME:-default}`, `:+`, `:?`, nested; `$$` is a dollar sign. */
export function interpolate(text: string, variables: Variables): string {
  return text.replace(REFERENCE, (reference: string, braced?: string, operator = '', word = '', plain?: string) => {
    if (reference === '${') throw new Error(`A "\${" names no variable or is never closed in "${text}".`)
    const name = braced ?? plain
    if (!name) return '$'
    const value = variables[name]
    const isPresent = operator.startsWith(':') ? Boolean(value) : value !== undefined
    if (operator.endsWith('-') && !isPresent) return interpolate(word, variables)
    if (operator.endsWith('+')) return isPresent ? interpolate(word, variables) : ''
    if (operator.endsWith('?') && !isPresent) throw new Error(`${name} is required: ${interpolate(word, variables)}`)
    return value ?? ''
  })
}

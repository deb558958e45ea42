const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Makes a value safe as text and inside a quoted attribute. */
export const escapeHtml = (value: string): string => value.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** HTML that is already safe; only `html` makes it, so a plain string can never slip in unescaped. */
export type SafeHtml = { readonly safe: string }

type Part = string | number | SafeHtml | readonly SafeHtml[]

function printed(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  if ('safe' in part) return part.safe
  return part.map((one) => one.safe).join('')
}

/** Template tag: every inserted value is escaped unless it is `SafeHtml` itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): SafeHtml {
  return { safe: strings.reduce((whole, text, index) => whole + printed(parts[index - 1] ?? '') + text) }
}

/** What spreadsheets take for a formula when a cell starts with it, full-width forms included. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u
const GUARDED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u

/** A cell that no spreadsheet runs: one apostrophe goes in front of what looks like a formula (OWASP, CSV injection). */
export const guardCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** Undoes `guardCell`, so that what was exported comes back as it was. */
export const unguardCell = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text)

const PRICE = /^(\d{1,6})(?:[.,](\d{1,2}))?$/

/** `1299.5` or `1299,50` → 129950 minor units; null for anything else. All currencies of the shop have two digits. */
export function parsePrice(text: string): number | null {
  const match = PRICE.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

export function printPrice(amount: number): string {
  const digits = String(amount).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** What the card form checks before anything is sent, in Stripe's sentences. */
export interface CardValues {
  number: string
  expiry: string
  cvc: string
}
export type FieldName = keyof CardValues

export interface FieldError {
  field: FieldName
  code: string
  message: string
}

const digitsOf = (text: string) => text.replace(/\D/g, '')
const BRANDS: readonly [string, RegExp, readonly number[]][] = [
  ['amex', /^3[47]/, [15]],
  ['diners', /^3[068]/, [14, 16]],
  ['jcb', /^35/, [16]],
  ['unionpay', /^62/, [16, 19]],
  ['discover', /^6/, [16]],
  ['mastercard', /^(5[1-5]|2[2-7])/, [16]],
  ['visa', /^4/, [16]],
]

export const brandOf = (number: string): string =>
  BRANDS.find(([, pattern]) => pattern.test(digitsOf(number)))?.[0] ?? 'unknown'
const lengthsOf = (number: string) => BRANDS.find(([, pattern]) => pattern.test(digitsOf(number)))?.[2] ?? [16]
const cvcLengthOf = (number: string) => (brandOf(number) === 'amex' ? 4 : 3)

function isLuhnValid(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** `4242424242424242` → `4242 4242 4242 4242`; American Express in 4-6-5. */
export function formatNumber(text: string): string {
  const digits = digitsOf(text).slice(0, Math.max(...lengthsOf(text)))
  const groups =
    brandOf(digits) === 'amex' ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?$/.exec(digits)?.slice(1) : digits.match(/\d{1,4}/g)
  return (groups ?? []).filter(Boolean).join(' ')
}

/** `1234` → `12 / 34`; a leading 2 to 9 is a month of its own; a four-digit year is shortened. */
export function formatExpiry(text: string, isDeleting = false): string {
  const year = /^\s*(\d{1,2})\s*\/\s*20(\d{2})\s*$/.exec(text)
  const digits = year ? `${(year[1] ?? '').padStart(2, '0')}${year[2]}` : digitsOf(text)
  const full = /^[2-9]/.test(digits) || /^1\s*\//.test(text) ? `0${digits}` : digits
  const [month, rest] = [full.slice(0, 2), full.slice(2, 4)]
  if (month.length < 2 || (rest === '' && isDeleting)) return month
  return `${month} / ${rest}`
}

export const formatCvc = (text: string, number: string): string => digitsOf(text).slice(0, cvcLengthOf(number))

export function expiryOf(text: string): { month: number; year: number } {
  const digits = digitsOf(text)
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2, 4)) }
}

function numberError(number: string): FieldError | null {
  const digits = digitsOf(number)
  const lengths = lengthsOf(number)
  if (digits.length < Math.min(...lengths)) {
    return { field: 'number', code: 'incomplete_number', message: 'Your card number is incomplete.' }
  }
  const isValid = lengths.includes(digits.length) && isLuhnValid(digits)
  return isValid ? null : { field: 'number', code: 'invalid_number', message: 'Your card number is invalid.' }
}

function expiryError(expiry: string, now: Date): FieldError | null {
  if (digitsOf(expiry).length < 4) {
    return { field: 'expiry', code: 'incomplete_expiry', message: "Your card's expiration date is incomplete." }
  }
  const { month, year } = expiryOf(expiry)
  if (month < 1 || month > 12) {
    return { field: 'expiry', code: 'invalid_expiry_month', message: "Your card's expiration month is invalid." }
  }
  if (year < now.getFullYear()) {
    return { field: 'expiry', code: 'invalid_expiry_year_past', message: "Your card's expiration year is in the past." }
  }
  const isPast = year === now.getFullYear() && month < now.getMonth() + 1
  return isPast
    ? { field: 'expiry', code: 'invalid_expiry_month_past', message: "Your card's expiration date is in the past." }
    : null
}

function cvcError(cvc: string, number: string): FieldError | null {
  const digits = digitsOf(cvc)
  const isComplete = digits.length === cvcLengthOf(number) || (brandOf(number) === 'amex' && digits.length === 3)
  return isComplete
    ? null
    : { field: 'cvc', code: 'incomplete_cvc', message: "Your card's security code is incomplete." }
}

/** Every problem of the form, in the order of its fields. */
export function checkCard({ number, expiry, cvc }: CardValues, now: Date): FieldError[] {
  return [numberError(number), expiryError(expiry, now), cvcError(cvc, number)].filter((error) => error !== null)
}

const BY_CODE: Record<string, { field: FieldName; message?: string }> = {
  incorrect_number: { field: 'number' },
  invalid_number: { field: 'number' },
  card_declined: { field: 'number', message: 'This card was declined. Enter another one.' },
  expired_card: { field: 'expiry' },
  invalid_expiry_month: { field: 'expiry' },
  invalid_expiry_year: { field: 'expiry' },
  incorrect_cvc: { field: 'cvc' },
  invalid_cvc: { field: 'cvc' },
}

/** The field an answer of the bank belongs to, if it belongs to one. */
export function fieldErrorOf(code: string | undefined, message: string): FieldError | null {
  const known = code ? BY_CODE[code] : undefined
  return known && code ? { field: known.field, code, message: known.message ?? message } : null
}

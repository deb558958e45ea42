import type { Money } from '@vitrine/contracts/money'

const LOCALE = 'en-IE'
const TIME_ZONE = 'Europe/Berlin'
const formats = new Map<string, Intl.NumberFormat>()

function currencyFormat(currency: string, isShort: boolean): Intl.NumberFormat {
  const key = `${currency} ${isShort}`
  const known = formats.get(key)
  if (known) return known
  const digits = isShort ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}
  const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency, ...digits })
  formats.set(key, format)
  return format
}

const units = new Map<string, number>()

/** How many minor units make one unit: 100 for euro. Asked of Intl, never assumed. */
export function minorUnits(currency: string): number {
  const known = units.get(currency)
  if (known !== undefined) return known
  const asked = 10 ** (currencyFormat(currency, false).resolvedOptions().maximumFractionDigits ?? 2)
  units.set(currency, asked)
  return asked
}

/** €149.00 */
export function formatMoney(money: Money): string {
  return currencyFormat(money.currency, false).format(money.amount / minorUnits(money.currency))
}

/** €149 for whole amounts, €149.50 otherwise: for places where room is scarce. */
export function formatMoneyShort(money: Money): string {
  const units = minorUnits(money.currency)
  return currencyFormat(money.currency, money.amount % units === 0).format(money.amount / units)
}

/** What a person typed ("12", "12.50", "12,5") as minor units; null when it is not an amount. */
export function parseAmount(text: string, currency: string): number | null {
  const value = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) return null
  return Math.round(value * minorUnits(currency))
}

/** Minor units as a plain number for a field: 1250 → "12.50", 1200 → "12". */
export function amountText(amount: number, currency: string): string {
  const units = minorUnits(currency)
  const digits = amount % units === 0 ? 0 : Math.round(Math.log10(units))
  return (amount / units).toFixed(digits)
}

/** How much lower the price is, in whole percent. */
export function percentOff(now: Money, was: Money): number {
  return Math.round((1 - now.amount / was.amount) * 100)
}

const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE })
const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE })

/** 21 November 2026 */
export const formatDate = (iso: string): string => dateFormat.format(new Date(iso))
/** 11:42 */
export const formatTime = (iso: string): string => timeFormat.format(new Date(iso))
/** 21 November 2026, 11:42 */
export const formatDateTime = (iso: string): string => `${formatDate(iso)}, ${timeFormat.format(new Date(iso))}`

const wallFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: TIME_ZONE })
/** The shop's own time for a date field: 2026-11-21T11:42 */
export const toShopTime = (iso: string): string => wallFormat.format(new Date(iso)).replace(' ', 'T')

/** What a date field of the shop's own time says, as UTC; undefined when it stands empty. */
export function fromShopTime(text: string | undefined): string | undefined {
  if (!text) return undefined
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return text
  const offset = Date.parse(`${toShopTime(new Date(asUtc).toISOString())}Z`) - asUtc
  // Asked again at the moment found, so that it is right on both sides of a change of the clocks.
  const moment = asUtc - offset
  const exact = Date.parse(`${toShopTime(new Date(moment).toISOString())}Z`) - moment
  return new Date(asUtc - exact).toISOString()
}

const countries = new Intl.DisplayNames('en', { type: 'region' })
/** Germany */
export const formatCountry = (code: string): string => countries.of(code) ?? code

/** "1 item", "3 items" */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

const scoreFormat = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
/** 4.7 */
export const formatScore = (score: number): string => scoreFormat.format(score)

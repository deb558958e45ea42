import type { ShippingRate, ShippingTier, ShippingZone, ShopRates } from '@vitrine/contracts/shipping'
import { amountText, parseAmount } from '#app/format.ts'

export type Values = Record<string, string>

const CURRENCY = 'EUR'
/** Room in the form for one more zone, and for one more way of delivery in each. */
export const SPARE = 1

const words = (text = ''): string[] => text.split(/[\s,]+/).filter(Boolean)

/** "0: 4.90, 50: 0" ← what delivery costs from which worth on. */
export const tiersText = (tiers: readonly ShippingTier[]): string =>
  tiers.map(({ from, price }) => `${amountText(from, CURRENCY)}: ${amountText(price, CURRENCY)}`).join(', ')

/** Null when it does not read like "0: 4.90, 50: 0". */
export function tiersOf(text: string): ShippingTier[] | null {
  const tiers = text
    .split(',')
    .map((part) => part.split(':').map((side) => parseAmount(side, CURRENCY)))
    .map(([from, price, ...rest]) => (from != null && price != null && rest.length === 0 ? { from, price } : null))
  return tiers.every((tier) => tier !== null) ? tiers : null
}

const idFor = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

interface Problems {
  [field: string]: string[]
}

function methodsOf(values: Values, zone: number, problems: Problems): ShippingRate[] {
  const methods: ShippingRate[] = []
  for (let index = 0; `m${zone}.${index}.name` in values || `m${zone}.${index}.tiers` in values; index++) {
    const at = `m${zone}.${index}`
    const name = values[`${at}.name`] ?? ''
    if (!name) continue
    const tiers = tiersOf(values[`${at}.tiers`] ?? '')
    if (!tiers) problems[`${at}.tiers`] = ['Write prices such as 0: 4.90, 50: 0.']
    const estimate = values[`${at}.estimate`] ?? ''
    if (!estimate) problems[`${at}.estimate`] = ['Say how long it takes.']
    methods.push({ id: values[`${at}.id`] || idFor(name), name, estimate, tiers: tiers ?? [] })
  }
  return methods
}

function zonesOf(values: Values, problems: Problems): ShippingZone[] {
  const zones: ShippingZone[] = []
  for (let index = 0; `z${index}.name` in values || `z${index}.countries` in values; index++) {
    const name = values[`z${index}.name`] ?? ''
    if (!name) continue
    const countries = words(values[`z${index}.countries`]?.toUpperCase())
    if (countries.some((country) => !/^[A-Z]{2}$/.test(country))) {
      problems[`z${index}.countries`] = ['Use two-letter codes, such as DE, FR.']
    }
    const methods = methodsOf(values, index, problems)
    if (methods.length === 0)
      problems[`z${index}.name`] = ['A zone needs a way of delivery; empty its name to remove it.']
    zones.push({ id: values[`z${index}.id`] || idFor(name), name, countries, methods })
  }
  return zones
}

/** "19" or "8.1" percent as tenths; null when it is neither. */
function permilleOf(text: string): number | null {
  const value = Number(text.replace(',', '.')) * 10
  return Number.isFinite(value) && value >= 0 && value <= 1000 ? Math.round(value) : null
}

export const percentText = (permille: number): string => (permille / 10).toLocaleString('en-US')

function taxOf(values: Values, problems: Problems): Record<string, number> {
  const rates: Record<string, number> = {}
  for (const [name, text] of Object.entries(values)) {
    if (!name.startsWith('tax.') || text === '') continue
    const permille = permilleOf(text)
    if (permille === null) problems[name] = ['Give a percentage.']
    else rates[name.slice('tax.'.length)] = permille
  }
  return rates
}

/** The form as the contract wants it, or what is wrong with it by field. `values` holds empty fields too. */
export function toRates(values: Values): { rates: ShopRates } | { problems: Problems } {
  const problems: Problems = {}
  const rates = {
    zones: zonesOf(values, problems),
    taxPermille: taxOf(values, problems),
    taxIncluded: values.taxIncluded === 'on',
    version: Number(values.version),
  }
  return Object.keys(problems).length > 0 ? { problems } : { rates }
}

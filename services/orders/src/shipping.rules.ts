import type { Currency, Money } from '@vitrine/contracts/money'
import type { ShippingMethod } from '@vitrine/contracts/orders'
import type { ShippingRate, ShippingTier, ShippingZone } from '@vitrine/contracts/shipping'
import { EU_COUNTRIES } from './tax.rules.ts'

const FREE_FROM = 5000
const rate = (id: string, name: string, estimate: string, price: number, freeFrom?: number): ShippingRate => ({
  id,
  name,
  estimate,
  tiers: [{ from: 0, price }, ...(freeFrom === undefined ? [] : [{ from: freeFrom, price: 0 }])],
})
const standard = (estimate: string, price: number, freeFrom?: number) =>
  rate('standard', 'Standard delivery', estimate, price, freeFrom)
const express = (estimate: string, price: number) => rate('express', 'Express delivery', estimate, price)

/** What a new shop charges, until somebody changes it in the dashboard. */
export const DEFAULT_ZONES: ShippingZone[] = [
  {
    id: 'home',
    name: 'Germany',
    countries: ['DE'],
    methods: [standard('3–5 working days', 490, FREE_FROM), express('1–2 working days', 1290)],
  },
  {
    id: 'eu',
    name: 'European Union',
    countries: EU_COUNTRIES.filter((country) => country !== 'DE'),
    methods: [standard('4–7 working days', 690, FREE_FROM), express('2–3 working days', 1690)],
  },
  {
    id: 'europe',
    name: 'Rest of Europe',
    countries: ['CH', 'GB', 'NO'],
    methods: [standard('5–8 working days', 1290, 10_000), express('2–4 working days', 2490)],
  },
  {
    id: 'world',
    name: 'Everywhere else',
    countries: [],
    methods: [standard('8–14 working days', 1990), express('3–6 working days', 3990)],
  },
]

/** The zone that names the country, else the one for everywhere else; null where nothing is sent. */
export const zoneOf = (zones: readonly ShippingZone[], country: string): ShippingZone | null =>
  zones.find(({ countries }) => countries.includes(country)) ??
  zones.find(({ countries }) => countries.length === 0) ??
  null

const tierFor = (tiers: readonly ShippingTier[], goods: number): ShippingTier | undefined =>
  tiers
    .filter(({ from }) => from <= goods)
    .reduce<ShippingTier | undefined>((best, tier) => (best && best.from >= tier.from ? best : tier), undefined)

/** What delivery costs for goods of this worth, discounts taken off. */
export const priceOf = ({ tiers }: ShippingRate, goods: number): number => tierFor(tiers, goods)?.price ?? 0

/** From which worth of goods on delivery costs nothing. */
export function freeFrom({ tiers }: ShippingRate): number | null {
  const free = tiers.filter(({ price }) => price === 0).map(({ from }) => from)
  return free.length > 0 ? Math.min(...free) : null
}

/** Every way to send goods of this worth within a zone. */
export const methodsOf = (
  zone: ShippingZone | null,
  goods: number,
  { currency, isFree }: { currency: Currency; isFree: boolean },
): ShippingMethod[] =>
  (zone?.methods ?? []).map((method) => {
    const price: Money = { amount: isFree ? 0 : priceOf(method, goods), currency }
    return { id: method.id, name: method.name, price, estimate: method.estimate }
  })

/** What is wrong with a table of zones, by field; null when it can be used. */
export function zoneProblems(zones: readonly ShippingZone[]): Record<string, string[]> | null {
  const countries = zones.flatMap((zone) => zone.countries)
  const twice = countries.find((country, index) => countries.indexOf(country) !== index)
  if (twice) return { zones: [`${twice} stands in two zones.`] }
  if (zones.filter((zone) => zone.countries.length === 0).length > 1) {
    return { zones: ['Only one zone can be everywhere else.'] }
  }
  for (const zone of zones) {
    const ids = zone.methods.map(({ id }) => id)
    if (new Set(ids).size < ids.length) return { zones: [`A way of delivery stands twice in ${zone.name}.`] }
    if (zone.methods.some(({ tiers }) => !tiers.some(({ from }) => from === 0))) {
      return { zones: [`Every way of delivery of ${zone.name} needs a price from 0.`] }
    }
  }
  return null
}

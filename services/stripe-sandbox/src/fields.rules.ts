import type { MetadataPatch } from './params.ts'

/** New keys are added, empty ones removed, and an empty whole removes all. */
export function mergeMetadata(
  before: Record<string, string>,
  patch: MetadataPatch | undefined,
): Record<string, string> {
  if (patch === undefined) return before
  if (patch === null) return {}
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== ''))
}

const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

/** Stripe prints every part of an address, the missing ones as null. */
export const fullAddress = (address: object | null | undefined) => (address ? { ...NO_ADDRESS, ...address } : null)

export const fullBilling = (billing: { address?: object | null | undefined } = {}) => ({
  email: null,
  name: null,
  phone: null,
  tax_id: null,
  ...billing,
  address: fullAddress(billing.address) ?? NO_ADDRESS,
})

export const fullShipping = (shipping: { address: object } | null | undefined) =>
  shipping
    ? { carrier: null, phone: null, tracking_number: null, ...shipping, address: fullAddress(shipping.address) }
    : null

/** The fields that were given, so that absent ones keep their value. */
export const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T> // keys of T only

/** What an `….updated` event tells of before: the old values of the fields that changed. */
export function changedFields(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(after)
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, before[name] ?? null]),
  )
}

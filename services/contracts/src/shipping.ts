import { z } from 'zod'

/** Minor units of the currency of the basket. */
const Minor = z.int().nonnegative().max(99_999_999)
const Country = z.string().regex(/^[A-Z]{2}$/, 'Use the two-letter country code.')
const Id = z.string().trim().min(1).max(40)
const Name = z.string().trim().min(1).max(80)

/** What a way of delivery costs for goods worth at least `from`; the highest tier reached counts. */
export const ShippingTier = z.strictObject({ from: Minor, price: Minor })
export type ShippingTier = z.infer<typeof ShippingTier>

export const ShippingRate = z.strictObject({
  id: Id,
  name: Name,
  estimate: Name,
  tiers: z.array(ShippingTier).min(1).max(10),
})
export type ShippingRate = z.infer<typeof ShippingRate>

/** Countries with the same ways of delivery. Without countries it is everywhere else. */
export const ShippingZone = z.strictObject({
  id: Id,
  name: Name,
  countries: z.array(Country).max(250),
  methods: z.array(ShippingRate).min(1).max(10),
})
export type ShippingZone = z.infer<typeof ShippingZone>

const fields = {
  zones: z.array(ShippingZone).min(1).max(50),
  /** Tenths of a percent by country of delivery; a country that is not named pays no tax. */
  taxPermille: z.record(Country, z.int().min(0).max(1000)).meta({ example: { DE: 190, FR: 200 } }),
  taxIncluded: z.boolean(),
  /** Grows with every change; a change names the one it was made from. */
  version: z.int().nonnegative(),
}

/** GET and PUT /api/orders/rates: what delivery and tax cost where. */
export const ShopRates = z.object(fields)
export type ShopRates = z.infer<typeof ShopRates>

export const ShopRatesInput = z.strictObject(fields)
export type ShopRatesInput = z.infer<typeof ShopRatesInput>

import { z } from 'zod'

const line = (max: number) => z.string().trim().min(1).max(max)

/** A postal address; `country` is ISO 3166-1 alpha-2. */
export const Address = z.strictObject({
  name: line(120),
  line1: line(200),
  line2: z.string().trim().max(200).optional(),
  city: line(120),
  region: z.string().trim().max(120).optional(),
  postalCode: line(20),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'Use the two-letter country code.'),
  phone: z.string().trim().max(40).optional(),
})
export type Address = z.infer<typeof Address>

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export type Email = z.infer<typeof Email>

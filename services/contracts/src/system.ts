import { z } from 'zod'

export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  checks: z.record(z.string(), z.enum(['ok', 'failing'])),
})
export type Health = z.infer<typeof Health>

/** What one replica says of its service: GET /api/<service>/system. */
export const ServiceSystem = z.object({
  service: z.string(),
  startedAt: z.iso.datetime(),
  health: Health,
  /** Events of this service that wait to be published; null for a service without an outbox. */
  outbox: z.object({ pending: z.int().nonnegative(), oldestSeconds: z.number().nonnegative() }).nullable(),
  /** Events this service has yet to take in: not read, read and not done, given up. Null for one that listens to none. */
  events: z
    .object({ lag: z.int().nonnegative(), pending: z.int().nonnegative(), parked: z.int().nonnegative() })
    .nullable(),
})
export type ServiceSystem = z.infer<typeof ServiceSystem>

/** An event given up after too many tries. Its data stays where it is: it may hold links that are as good as passwords. */
export const ParkedEvent = z.object({
  id: z.string(),
  eventId: z.string(),
  type: z.string(),
  occurredAt: z.string(),
  requestId: z.string().optional(),
  reason: z.string().optional(),
})
export type ParkedEvent = z.infer<typeof ParkedEvent>

export const ParkedEvents = z.object({ items: z.array(ParkedEvent), nextCursor: z.string().nullable() })
export type ParkedEvents = z.infer<typeof ParkedEvents>

export const RetriedEvent = z.object({ eventId: z.string() })
export type RetriedEvent = z.infer<typeof RetriedEvent>

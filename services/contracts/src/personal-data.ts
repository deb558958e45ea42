import { z } from 'zod'
import { SavedAddress, Session, User } from './auth.ts'
import { AuditEntry } from './staff.ts'

const kept = z.array(z.record(z.string(), z.unknown()))

/** What a service answers auth at `/internal/<service>/people/:id`: all it keeps about one person. */
export const KeptData = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
export type KeptData = z.infer<typeof KeptData>

/** GET /export: everything the shop keeps about one person. */
export const PersonalData = z.object({
  exportedAt: z.iso.datetime(),
  account: User,
  addresses: z.array(SavedAddress),
  sessions: z.array(Session),
  /** What the audit log holds of the person's own acts. */
  acts: z.array(AuditEntry),
  orders: kept,
  reviews: kept,
  messages: kept,
  carts: kept,
})
export type PersonalData = z.infer<typeof PersonalData>

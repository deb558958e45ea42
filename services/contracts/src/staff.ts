import { z } from 'zod'
import { Email } from './address.ts'
import { PersonName, RoleName, User } from './auth.ts'
import { page } from './envelope.ts'
import { Permission } from './permissions.ts'

const time = z.iso.datetime()

/** A person as staff see them. */
export const StaffUser = z.object({
  ...User.shape,
  isDisabled: z.boolean(),
  /** Invited, and no password chosen yet. */
  isInvited: z.boolean(),
  lastSignInAt: time.nullable(),
})
export type StaffUser = z.infer<typeof StaffUser>

export const StaffUsers = page(StaffUser)
export type StaffUsers = z.infer<typeof StaffUsers>

const limit = z.coerce.number().int().min(1).max(100).default(25)
const cursor = z.string().max(200).optional()

export const UsersQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  role: z.string().max(40).optional(),
  limit,
  cursor,
})
export type UsersQuery = z.infer<typeof UsersQuery>

export const InviteInput = z.strictObject({ email: Email, name: PersonName, roles: z.array(RoleName).max(20) })
export type InviteInput = z.infer<typeof InviteInput>

export const StaffUserPatch = z.strictObject({
  roles: z.array(RoleName).max(20).optional(),
  disabled: z.boolean().optional(),
})
export type StaffUserPatch = z.infer<typeof StaffUserPatch>

export const Role = z.object({ name: z.string(), permissions: z.array(Permission), isBuiltIn: z.boolean() })
export type Role = z.infer<typeof Role>

export const Roles = z.object({ items: z.array(Role), nextCursor: z.string().nullable() })
export type Roles = z.infer<typeof Roles>

export const RoleInput = z.strictObject({ permissions: z.array(Permission).max(50) })
export type RoleInput = z.infer<typeof RoleInput>

const moment = z.union([z.iso.date(), z.iso.datetime()])

/** `action` is a whole name (`role.changed`) or the part before its dot (`role`). */
export const AuditQuery = z.strictObject({
  action: z.string().trim().max(60).optional(),
  actor: z.string().trim().max(60).optional(),
  target: z.string().trim().max(120).optional(),
  /** Who did it or had it done to them: a user's id or email address. */
  person: z.string().trim().max(254).optional(),
  /** The first day or moment wanted, and the last day or the moment to stop before; days are UTC. */
  from: moment.optional(),
  to: moment.optional(),
  limit,
  cursor,
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** One line of the audit log: who did what to whom. Lines are only ever added. */
export const AuditEntry = z.object({
  id: z.string(),
  at: time,
  action: z.string(),
  actor: z.string().nullable(),
  /** Names of the people meant, as they are called today; null for what is no person, or gone. */
  actorName: z.string().nullable(),
  target: z.string().nullable(),
  targetName: z.string().nullable(),
  sessionId: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditEntries = page(AuditEntry)
export type AuditEntries = z.infer<typeof AuditEntries>

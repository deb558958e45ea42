import { z } from 'zod'
import { Address, Email } from './address.ts'
import { page } from './envelope.ts'
import { Currency } from './money.ts'
import { Permission } from './permissions.ts'

const time = z.iso.datetime()
const personName = z.string().trim().min(1).max(120)
const token = z.string().min(1).max(2048)

/** What a new password must fit; common passwords are refused beside this. Never trimmed or truncated. */
export const NewPassword = z.string().min(8, 'Use at least 8 characters.').max(200, 'Use at most 200 characters.')
/** A password as typed at sign-in: any length we could ever have accepted. */
export const GivenPassword = z.string().min(1).max(200)

export const RoleName = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use small letters, digits and dashes.')
export type RoleName = z.infer<typeof RoleName>

/** A person as they see themselves: GET /api/auth/me. */
export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  locale: z.string().nullable(),
  currency: Currency.nullable(),
  roles: z.array(z.string()),
  permissions: z.array(Permission),
  isEmailVerified: z.boolean(),
  /** Signs in with a code of an authenticator app, too. */
  hasSecondFactor: z.boolean(),
  createdAt: time,
})
export type User = z.infer<typeof User>

export const RegisterInput = z.strictObject({ email: Email, password: NewPassword, name: personName })
export type RegisterInput = z.infer<typeof RegisterInput>

/**
 * `code` is the one an authenticator app shows, or a recovery code. An account that needs one and was given none
 * is answered 401 with `details.codeRequired`, and `details.challenge` to go on with at /login/code.
 */
export const LoginInput = z.strictObject({
  email: Email,
  password: GivenPassword,
  code: z.string().trim().min(1).max(40).optional(),
})
export type LoginInput = z.infer<typeof LoginInput>

/** Reply of register, login and refresh. `expiresIn` counts the seconds of the access token. */
export const SignedIn = z.object({ user: User, accessToken: z.string(), expiresIn: z.int(), refreshToken: z.string() })
export type SignedIn = z.infer<typeof SignedIn>

export const RefreshInput = z.strictObject({ refreshToken: token })
export type RefreshInput = z.infer<typeof RefreshInput>

/** POST /logout: the bearer token says who; without one the refresh token does. */
export const LogoutInput = z.strictObject({ refreshToken: token.optional() }).optional()
export type LogoutInput = z.infer<typeof LogoutInput>

/** Reply of commands that have nothing to show. */
export const Done = z.object({ done: z.literal(true) })
export type Done = z.infer<typeof Done>

export const ProfileInput = z.strictObject({
  name: personName.optional(),
  phone: z.string().trim().max(40).nullable().optional(),
  locale: z
    .string()
    .trim()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'Use a language such as en or en-GB.')
    .nullable()
    .optional(),
  currency: Currency.nullable().optional(),
})
export type ProfileInput = z.infer<typeof ProfileInput>

export const PasswordProof = z.strictObject({ password: GivenPassword })
export type PasswordProof = z.infer<typeof PasswordProof>

/** POST /login/code: the password was right five minutes ago at most, as the challenge says. */
export const LoginCodeInput = z.strictObject({ challenge: token, code: z.string().trim().min(1).max(40) })
export type LoginCodeInput = z.infer<typeof LoginCodeInput>

/** GET /totp. `isMissing`: staff's permissions wait until this session uses a second factor. */
export const SecondFactorStatus = z.object({
  isEnrolled: z.boolean(),
  isRequired: z.boolean(),
  isMissing: z.boolean(),
  recoveryCodesLeft: z.int().nonnegative(),
})
export type SecondFactorStatus = z.infer<typeof SecondFactorStatus>

/** POST /totp: what an authenticator app is given. Counts once a code of it was confirmed. */
export const SecondFactorOffer = z.object({ secret: z.string(), uri: z.string() })
export type SecondFactorOffer = z.infer<typeof SecondFactorOffer>

export const SecondFactorProof = z.strictObject({ code: z.string().trim().min(1).max(40) })
export type SecondFactorProof = z.infer<typeof SecondFactorProof>

/** Shown once; each opens the account once, in place of a code. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

export const VerifyTokenInput = z.strictObject({ token: z.string().max(8192) })
export type VerifyTokenInput = z.infer<typeof VerifyTokenInput>

export const TokenStatus = z.object({
  active: z.boolean(),
  sub: z.string().optional(),
  roles: z.array(z.string()).optional(),
})
export type TokenStatus = z.infer<typeof TokenStatus>

export const VerifyEmailInput = z.strictObject({ token })
export type VerifyEmailInput = z.infer<typeof VerifyEmailInput>

export const ForgotPasswordInput = z.strictObject({ email: Email })
export type ForgotPasswordInput = z.infer<typeof ForgotPasswordInput>

export const ResetPasswordInput = z.strictObject({ token, password: NewPassword })
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>

export const ChangePasswordInput = z.strictObject({ current: GivenPassword, password: NewPassword })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>

export const SavedAddressInput = Address.extend({
  label: z.string().trim().max(60).optional(),
  isDefault: z.boolean().optional(),
})
export type SavedAddressInput = z.infer<typeof SavedAddressInput>

export const SavedAddressPatch = SavedAddressInput.partial()
export type SavedAddressPatch = z.infer<typeof SavedAddressPatch>

export const SavedAddress = z.object({
  ...SavedAddressInput.shape,
  id: z.string(),
  isDefault: z.boolean(),
  createdAt: time,
  updatedAt: time,
})
export type SavedAddress = z.infer<typeof SavedAddress>

export const SavedAddresses = z.object({ items: z.array(SavedAddress), nextCursor: z.string().nullable() })
export type SavedAddresses = z.infer<typeof SavedAddresses>

/** One sign-in on one device. */
export const Session = z.object({
  id: z.string(),
  userAgent: z.string(),
  address: z.string(),
  createdAt: time,
  lastUsedAt: time,
  expiresAt: time,
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const Sessions = z.object({ items: z.array(Session), nextCursor: z.string().nullable() })
export type Sessions = z.infer<typeof Sessions>

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

export const InviteInput = z.strictObject({ email: Email, name: personName, roles: z.array(RoleName).max(20) })
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

const kept = z.array(z.record(z.string(), z.unknown()))

/** GET /export: everything the shop keeps about one person. */
export const PersonalData = z.object({
  exportedAt: time,
  account: User,
  addresses: z.array(SavedAddress),
  sessions: z.array(Session),
  /** What the audit log holds of the person's own acts. */
  acts: z.array(AuditEntry),
  orders: kept,
  reviews: kept,
  messages: kept,
})
export type PersonalData = z.infer<typeof PersonalData>

/** GET /internal/auth/users/:id, for orders and notifications. */
export const Contact = z.object({ id: z.string(), email: z.string(), name: z.string() })
export type Contact = z.infer<typeof Contact>

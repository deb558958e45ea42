import { z } from 'zod'
import { Address, Email } from './address.ts'
import { Currency } from './money.ts'
import { Permission } from './permissions.ts'

const time = z.iso.datetime()
export const PersonName = z.string().trim().min(1).max(120)
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

export const RegisterInput = z.strictObject({ email: Email, password: NewPassword, name: PersonName })
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
  name: PersonName.optional(),
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

/** GET /internal/auth/users/:id, for orders and notifications. */
export const Contact = z.object({ id: z.string(), email: z.string(), name: z.string() })
export type Contact = z.infer<typeof Contact>

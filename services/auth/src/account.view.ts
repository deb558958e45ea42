import type { User } from '@vitrine/contracts/auth'
import type { Permission } from '@vitrine/contracts/permissions'
import type { StaffUser } from '@vitrine/contracts/staff'
import type { Account } from './account.ts'

/** Whether a code is asked for at sign-in. */
export const hasSecondFactor = ({ totp }: Account): boolean => totp?.confirmedAt != null

export const toUser = (account: Account, permissions: Permission[]): User => ({
  id: account.id,
  email: account.email,
  name: account.name,
  phone: account.phone,
  locale: account.locale,
  currency: account.currency,
  roles: account.roles,
  permissions,
  isEmailVerified: account.emailVerifiedAt !== null,
  hasSecondFactor: hasSecondFactor(account),
  createdAt: account.createdAt.toISOString(),
})

export const toStaffUser = (account: Account, permissions: Permission[]): StaffUser => ({
  ...toUser(account, permissions),
  isDisabled: account.disabledAt !== null,
  isInvited: account.passwordHash === null,
  lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
})

import type { Currency } from '@vitrine/contracts/money'

/** The second factor of an account. Not in force before `confirmedAt`. */
export interface Totp {
  /** Base32, as authenticator apps take it. */
  secret: string
  confirmedAt: Date | null
  /** The last 30 s step whose code was used: no code opens twice. */
  lastStep: number
  recoveryHashes: string[]
}

/** A person with an account, as auth keeps them. Never leaves the service whole. */
export interface Account {
  id: string
  email: string
  name: string
  /** Null until an invited person has chosen a password. */
  passwordHash: string | null
  totp: Totp | null
  phone: string | null
  locale: string | null
  currency: Currency | null
  roles: string[]
  emailVerifiedAt: Date | null
  disabledAt: Date | null
  lastSignInAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** Where a request came from; kept with sessions and audit lines. */
export interface Origin {
  address: string
  userAgent: string
  requestId: string
}

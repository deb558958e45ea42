import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30
/** Clocks of phones are off by a little: one step to either side counts, too. */
const WINDOW = 1

const totpOf = (secret: string, label = '') =>
  new TOTP({ issuer: 'Vitrine', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS })

/** What an authenticator app reads from the picture (the de-facto Key Uri Format). */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString()

/** The 30 s step whose code this is; null when it is none of now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token: code.replaceAll(' ', ''), timestamp, window: WINDOW })
  return delta === null ? null : TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta
}

/** How a recovery code is compared: people type it with other dashes and capitals. */
export const plainCode = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, '')

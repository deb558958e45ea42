import { createHmac } from 'node:crypto'

export interface SigningSecret {
  secret: string
  /** Milliseconds since 1970; a rolled secret signs beside the new one until then. */
  expiresAt: number | null
}

/** `Stripe-Signature` for a payload: one HMAC-SHA256 over `t.payload` for each secret. */
export function signatureOf(secrets: readonly string[], payload: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000)
  const signed = secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`)
  return [`t=${t}`, ...signed].join(',')
}

/** The secrets of an endpoint that sign at this moment, the newest first. */
export function secretsOf(hidden: Record<string, unknown>, now: Date): string[] {
  const rolled = Array.isArray(hidden.rolled) ? (hidden.rolled as SigningSecret[]) : [] // written by `rolled` alone
  const alive = rolled.filter(({ expiresAt }) => expiresAt !== null && expiresAt > now.getTime())
  return [String(hidden.secret), ...alive.map(({ secret }) => secret)]
}

/** A new secret beside the old one, which goes on for this long. */
export function rolled(hidden: Record<string, unknown>, secret: string, expiresAt: Date): Record<string, unknown> {
  const before = Array.isArray(hidden.rolled) ? hidden.rolled : []
  const old: SigningSecret = { secret: String(hidden.secret), expiresAt: expiresAt.getTime() }
  return { ...hidden, secret, rolled: [old, ...before].slice(0, 5) }
}

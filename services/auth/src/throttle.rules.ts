const FREE_FAILURES = 5
const LONGEST_SECONDS = 900

/** Seconds until the next attempt after so many failures in a row: none, then 1 s doubling to 15 min. */
export const delayAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(2 ** (failures - FREE_FAILURES), LONGEST_SECONDS)

export type RateLimits = 'auto' | 'generous' | 'strict' | 'off'

const PRIVATE =
  /^(::1$|(::ffff:)?(127|10)\.|(::ffff:)?192\.168\.|(::ffff:)?172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|$)/i

/** Attempts a minute from one address; null for no limit. `auto` trusts loopback and private addresses more. */
export function attemptsPerMinute(limits: RateLimits, address: string): number | null {
  if (limits === 'off') return null
  const isGenerous = limits === 'generous' || (limits === 'auto' && PRIVATE.test(address))
  return isGenerous ? 6000 : 20
}

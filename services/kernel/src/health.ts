import type { Health } from '@vitrine/contracts/system'

const CHECK_TIMEOUT_MS = 1800

async function outcome(check: () => Promise<void>): Promise<'ok' | 'failing'> {
  const { promise: deadline, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('timeout')), CHECK_TIMEOUT_MS)
  try {
    await Promise.race([check(), deadline])
    return 'ok'
  } catch {
    return 'failing'
  } finally {
    clearTimeout(timer)
  }
}

/** Runs all checks side by side; each has 1.8 s. */
export async function runChecks(checks: Record<string, () => Promise<void>>, version: string): Promise<Health> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await outcome(check)] as const),
  )
  const isOk = entries.every(([, result]) => result === 'ok')
  return { status: isOk ? 'ok' : 'degraded', version, checks: Object.fromEntries(entries) }
}

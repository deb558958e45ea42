import { SandboxState, type SandboxSwitch } from '@vitrine/contracts/sandbox'
import { type BaseEnv, isPublicProduction } from './env.ts'
import { unavailable } from './errors.ts'

const SandboxView = SandboxState.pick({ switches: true })

const POLL_MS = 1000
const SLOW_SERVICE_MS = 1500
const SLOW_REDIS_MS = 300
/** Probes tell of the process itself: a replica that only plays ill is neither taken out nor started again. */
const PROBES = /^\/(livez|readyz|metrics)$/

let switches: SandboxSwitch[] = []

/** How a part is bent now; by this machine's clock, so that it ends although nobody says so. */
const kindOf = (part: string) =>
  switches.find((one) => one.part === part && Date.parse(one.until) > Date.now())?.kind ?? null

export const canBeSwitched = (env: Pick<BaseEnv, 'NODE_ENV' | 'PUBLIC_URL' | 'SWITCHES_URL' | 'REAL_PAYMENTS'>) =>
  env.SWITCHES_URL !== undefined && !env.REAL_PAYMENTS && !isPublicProduction(env)

/**
 * Follows the fault switches of the tester's page. They live in the Stripe sandbox, so without it, which is to say
 * with real payments or in public, there are none. Returns `stop`.
 */
export function followSwitches(env: Parameters<typeof canBeSwitched>[0], everyMs = POLL_MS): () => void {
  if (!canBeSwitched(env)) return () => undefined
  async function look(): Promise<void> {
    const reply = await fetch(`${env.SWITCHES_URL}/_control/state`, { signal: AbortSignal.timeout(POLL_MS) })
    const view = SandboxView.safeParse(await reply.json())
    switches = view.success ? view.data.switches : []
  }
  // A sandbox that is away bends nothing anew; what it bent before ends by its time.
  const timer = setInterval(() => look().catch(() => undefined), everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    switches = []
  }
}

/** Lets a request of a bent service wait, or throws `unavailable`. */
export async function meetSwitch(service: string, request: Request): Promise<void> {
  const kind = switches.length === 0 ? null : kindOf(service)
  if (!kind || PROBES.test(new URL(request.url).pathname)) return
  if (kind === 'failing') throw unavailable(service, 5)
  await Bun.sleep(SLOW_SERVICE_MS)
}

/** As `meetSwitch`, for a command to Redis. */
export function meetRedisSwitch(): Promise<void> | null {
  const kind = switches.length === 0 ? null : kindOf('redis')
  if (!kind) return null
  return kind === 'slow' ? Bun.sleep(SLOW_REDIS_MS) : Promise.reject(unavailable('A store', 5))
}

import type { Service } from './compose.ts'
import { endOfLog } from './logs.ts'
import type { Child } from './reaper.ts'

/** Between tries until it is healthy: what is asked more often starts more slowly. */
const EAGER_MS = 100
const INTERVAL_MS = 2000
const START_LIMIT_MS = 60_000
const STARTS_BEFORE_GIVING_UP = 4
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 10_000

export interface ReplicaOptions {
  service: Service
  index: number
  start: () => Child
  /** Throws when the replica is unhealthy. */
  probe: () => Promise<void>
  logFile: string
  /** Called with a Docker event name whenever it starts, dies or changes its health. */
  onChange: (action: string) => void
  say: (line: string) => void
}

/** How long a start may take: the longest that Docker would wait. */
function startLimitMs({ healthcheck }: Service): number {
  if (!healthcheck) return START_LIMIT_MS
  const { startPeriodMs, retries, intervalMs, timeoutMs } = healthcheck
  return startPeriodMs + retries * (intervalMs + timeoutMs)
}

/** One process of a long-running service: started, probed, and started again with back-off when it dies. */
export function createReplica({ service, index, start, probe, logFile, onChange, say }: ReplicaOptions) {
  const name = `${service.name}.${index}`
  const { retries = 3, intervalMs = INTERVAL_MS } = service.healthcheck ?? {}
  let child: Child | null = null
  let isHealthy = false
  let isWanted = true
  let startedAt = new Date()
  let generation = 0
  let failedStarts = 0
  let backoffMs = FIRST_BACKOFF_MS
  const firstHealth = Promise.withResolvers<void>()
  firstHealth.promise.catch(() => undefined)
  const fail = (reason: string) => firstHealth.reject(new Error(`${name} ${reason}. ${endOfLog(logFile)}`))

  function setHealth(next: boolean): void {
    if (next === isHealthy) return
    isHealthy = next
    if (next) {
      failedStarts = 0
      backoffMs = FIRST_BACKOFF_MS
      firstHealth.resolve()
    } else say(`${name} is unhealthy`)
    onChange(`health_status: ${next ? 'healthy' : 'unhealthy'}`)
  }

  async function watchHealth(mine: number): Promise<void> {
    const limitMs = startLimitMs(service)
    let failures = 0
    while (isWanted && mine === generation) {
      const complaint = await probe().then(
        () => null,
        (error: Error) => error.message,
      )
      if (mine !== generation || !child) return
      failures = complaint === null ? 0 : failures + 1
      if (complaint === null) setHealth(true)
      else if (failures >= retries) setHealth(false)
      const isStarting = !isHealthy && Date.now() - startedAt.getTime() < limitMs
      if (!isHealthy && !isStarting) fail(`was not healthy within ${limitMs / 1000} s (${complaint})`)
      await Bun.sleep(isStarting ? EAGER_MS : intervalMs)
    }
  }

  async function afterExit(cause: string | number): Promise<void> {
    child = null
    isHealthy = false
    generation++
    onChange('die')
    if (!isWanted) return
    failedStarts++
    if (failedStarts >= STARTS_BEFORE_GIVING_UP) fail(`ended ${failedStarts} times before it was healthy`)
    say(`${name} ended (${cause}), starts again in ${backoffMs} ms`)
    await Bun.sleep(backoffMs)
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)
    if (isWanted && !child) launch()
  }

  function launch(): void {
    const mine = ++generation
    startedAt = new Date()
    child = start()
    onChange('start')
    child.exited.then(afterExit)
    watchHealth(mine)
  }

  async function stop(): Promise<void> {
    isWanted = false
    const running = child
    if (!running) return
    isHealthy = false
    onChange('die')
    running.signal('SIGTERM')
    running.signal('SIGCONT')
    const timer = setTimeout(() => running.signal('SIGKILL'), service.stopGraceMs)
    await running.exited
    clearTimeout(timer)
    // What it started and left behind goes with it.
    running.signal('SIGKILL')
  }

  return {
    name,
    service,
    index,
    launch,
    stop,
    whenHealthy: () => firstHealth.promise,
    signal: (signal: NodeJS.Signals) => child?.signal(signal),
    view: () => ({ id: `${name}-${generation}`, pid: child?.pid ?? 0, isHealthy, startedAt }),
  }
}
export type Replica = ReturnType<typeof createReplica>

import type { Service } from './compose.ts'
import { tailOf } from './log-file.ts'
import type { Probe } from './probe.ts'
import type { Program } from './programs.ts'
import type { Child, Reaper } from './reaper.ts'

const EAGER_MS = 50
const START_LIMIT_MS = 60_000
const STARTS_BEFORE_GIVING_UP = 4
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 10_000

export interface ReplicaOptions {
  service: Service
  index: number
  program: () => Program
  probe: Probe
  start: Reaper['start']
  logFile: string
  /** Called with a Docker event name whenever it starts, dies or changes its health. */
  onChange: (action: string) => void
  say: (line: string) => void
}

/** One process of a long-running service: started, probed, and started again with back-off when it dies. */
export function createReplica({ service, index, program, probe, start, logFile, onChange, say }: ReplicaOptions) {
  const name = `${service.name}.${index}`
  const healthcheck = service.healthcheck
  let child: Child | null = null
  let isHealthy = false
  let isWanted = true
  let startedAt = new Date()
  let generation = 0
  let failedStarts = 0
  let backoffMs = FIRST_BACKOFF_MS
  const firstHealth = Promise.withResolvers<void>()
  firstHealth.promise.catch(() => undefined)

  const fail = (reason: string) =>
    firstHealth.reject(new Error(`${name} ${reason}. The end of its log (${logFile}):\n${tailOf(logFile, 15)}`))

  function setHealth(next: boolean): void {
    if (next === isHealthy) return
    isHealthy = next
    if (next) {
      failedStarts = 0
      backoffMs = FIRST_BACKOFF_MS
      firstHealth.resolve()
    } else if (child) say(`${name} is unhealthy`)
    onChange(`health_status: ${next ? 'healthy' : 'unhealthy'}`)
  }

  async function watchHealth(mine: number): Promise<void> {
    let failures = 0
    const began = Date.now()
    while (isWanted && mine === generation) {
      const isFine = await probe().then(
        () => true,
        () => false,
      )
      if (mine !== generation || !child) return
      failures = isFine ? 0 : failures + 1
      if (isFine) setHealth(true)
      else if (failures >= (healthcheck?.retries ?? 3)) setHealth(false)
      if (!isHealthy && Date.now() - began > START_LIMIT_MS) fail(`was not healthy within ${START_LIMIT_MS / 1000} s`)
      const isStarting = !isHealthy && Date.now() - began < START_LIMIT_MS
      await Bun.sleep(isStarting ? EAGER_MS : (healthcheck?.intervalMs ?? 2000))
    }
  }

  async function afterExit({ code, signal }: { code: number | null; signal: string | null }): Promise<void> {
    child = null
    isHealthy = false
    generation++
    onChange('die')
    if (!isWanted) return
    failedStarts++
    if (failedStarts >= STARTS_BEFORE_GIVING_UP) fail(`ended ${failedStarts} times before it was healthy`)
    say(`${name} ended (${signal ?? code}), starts again in ${backoffMs} ms`)
    await Bun.sleep(backoffMs)
    backoffMs = Math.min(backoffMs * 2, LONGEST_BACKOFF_MS)
    if (isWanted && !child) launch()
  }

  function launch(): void {
    const mine = ++generation
    startedAt = new Date()
    child = start({ ...program(), logFile })
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
    view: () => ({
      pid: child?.pid ?? 0,
      isHealthy: isHealthy && child !== null,
      isRunning: child !== null,
      startedAt,
      id: `${name}-${generation}`,
    }),
  }
}
export type Replica = ReturnType<typeof createReplica>

import { join } from 'node:path'
import type { Service } from './compose.ts'
import { endOfLog, rotate } from './logs.ts'
import { createProbe } from './probe.ts'
import { type ProgramContext, programOf } from './programs.ts'
import type { Child, Reaper } from './reaper.ts'

/** Between tries until it is healthy: what is asked more often starts more slowly. */
const EAGER_MS = 100
const STARTS_BEFORE_GIVING_UP = 4
const FIRST_BACKOFF_MS = 100
const LONGEST_BACKOFF_MS = 10_000

export interface RunContext extends ProgramContext {
  reaper: Reaper
  /** Called with a Docker event name whenever a replica starts, dies or changes its health. */
  onChange: (action: string) => void
  log: (line: string) => void
}

/** One process of a service: started, probed, and started again with back-off when it dies. One-shots end instead. */
export function createReplica(service: Service, index: number, context: RunContext) {
  const { reaper, onChange, log } = context
  const name = service.isOneShot ? service.name : `${service.name}.${index}`
  const logFile = join(context.stateDir, 'logs', `${name}.log`)
  const probe = createProbe(service, (port) => context.portOf(service.name, index, port))
  const { retries, interval, timeout, start_period } = service.healthcheck
  /** How long a start may take: the longest that Docker would wait. */
  const limitMs = start_period + retries * (interval + timeout)
  let child: Child | null = null
  let isHealthy = false
  let isWanted = true
  let failedStarts = 0
  const firstHealth = Promise.withResolvers<void>()
  firstHealth.promise.catch(() => undefined)
  const fail = (reason: string) => firstHealth.reject(new Error(`${name} ${reason}. ${endOfLog(logFile)}`))

  function setHealth(next: boolean): void {
    if (next === isHealthy) return
    isHealthy = next
    if (next) {
      failedStarts = 0
      firstHealth.resolve()
    } else log(`${name} is unhealthy`)
    onChange(`health_status: ${next ? 'healthy' : 'unhealthy'}`)
  }

  async function watchHealth(mine: Child): Promise<void> {
    const deadline = Date.now() + limitMs
    const isMine = () => child === mine && isWanted
    for (let failures = 0; isMine(); ) {
      try {
        await probe()
        failures = 0
        if (isMine()) setHealth(true)
      } catch (error) {
        failures++
        if (isMine() && failures >= retries) setHealth(false)
        if (!isHealthy && Date.now() > deadline) fail(`was not healthy within ${limitMs / 1000} s (${error})`)
      }
      await Bun.sleep(isHealthy || Date.now() > deadline ? interval : EAGER_MS)
    }
  }

  async function run(): Promise<void> {
    rotate(logFile)
    while (isWanted) {
      const mine = reaper.start(programOf(service, index, context), logFile)
      child = mine
      onChange('start')
      if (!service.isOneShot) watchHealth(mine)
      const cause = await mine.exited
      child = null
      isHealthy = false
      onChange('die')
      if (!isWanted) return
      if (service.isOneShot) return cause === 0 ? firstHealth.resolve() : fail(`failed (${cause})`)
      const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** failedStarts, LONGEST_BACKOFF_MS)
      failedStarts++
      if (failedStarts >= STARTS_BEFORE_GIVING_UP) fail(`ended ${failedStarts} times before it was healthy`)
      log(`${name} ended (${cause}), starts again in ${backoffMs} ms`)
      await Bun.sleep(backoffMs)
    }
  }

  async function stop(): Promise<void> {
    isWanted = false
    const running = child
    if (!running) return
    isHealthy = false
    onChange('die')
    running.signal('SIGTERM')
    running.signal('SIGCONT')
    const timer = setTimeout(() => running.signal('SIGKILL'), service.stop_grace_period)
    await running.exited
    clearTimeout(timer)
    // What it started and left behind goes with it.
    running.signal('SIGKILL')
  }

  return {
    name,
    service,
    index,
    run: () => run().catch(firstHealth.reject),
    stop,
    /** Resolves when it is healthy for the first time, or has done its one thing; rejects when that is hopeless. */
    whenHealthy: () => firstHealth.promise,
    signal: (signal: string) => child?.signal(signal),
    view: () => ({ pid: child?.pid ?? 0, isHealthy }),
  }
}
export type Replica = ReturnType<typeof createReplica>

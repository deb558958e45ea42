import type { BaseEnv } from './env.ts'
import type { Log } from './log.ts'
import { connectBlockingRedis } from './redis.ts'

/** Called at named places, so that a test can end the process there. */
export type Failpoint = (name: string) => void

/** Ways of building the shop wrongly on purpose, to show that a checker notices. */
export type Break = NonNullable<BaseEnv['BREAK']>

const POLL_MS = 250

let armed: { name: string; left: number } | null = null
let broken: Break | undefined

/** Ends the process when this place is armed and was passed often enough. Nothing is ever armed outside of tests. */
export const reach: Failpoint = (name) => {
  if (armed?.name !== name) return
  armed.left -= 1
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL')
}

export const isBroken = (name: Break): boolean => broken === name

/** `stock-held:2`: the second time that `stock-held` is passed. */
function arm(setting: string): void {
  const [name = '', nth = '1'] = setting.split(':')
  armed = { name, left: Number(nth) }
}

/** Where a test leaves the next failpoint of a running service; it is taken from there once. */
export const failpointKey = (service: string) => `failpoint:${service}`

interface ArmOptions {
  service: string
  env: Pick<BaseEnv, 'NODE_ENV' | 'REDIS_URL' | 'FAILPOINT' | 'BREAK'>
  log: Log
}

/** Reads the switches of tests. Throws when one is set in a process that is no test. */
export function armTestSwitches({ service, env, log }: ArmOptions): void {
  if (env.NODE_ENV !== 'test') {
    if (env.FAILPOINT || env.BREAK) throw new Error('FAILPOINT and BREAK are for NODE_ENV=test alone.')
    return
  }
  broken = env.BREAK
  if (env.FAILPOINT) arm(env.FAILPOINT)
  const redis = connectBlockingRedis(env.REDIS_URL, log)
  const take = async () => {
    const setting = await redis.getdel(failpointKey(service))
    if (setting) arm(setting)
  }
  setInterval(() => take().catch(() => undefined), POLL_MS).unref()
}

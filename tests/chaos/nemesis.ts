import { Redis } from 'ioredis'
import { state } from '../system/edge.client.ts'
import { mesh } from '../system/mesh.command.ts'
import type { FaultProxy, WireFault } from './fault-proxy.ts'
import type { History } from './history.ts'
import { type FaultPlan, LINKS, type LinkName } from './plan.rules.ts'

/** The fault proxies of a mesh that was started with them, by what they stand before. */
export type Wires = Partial<Record<'mesh' | 'stripe' | 'mongo' | 'redis', FaultProxy>>

async function control(name: string, body: object): Promise<void> {
  // A sandbox that was just killed comes back within seconds; a fault that misses it is only one fault less.
  const url = `${state().stripe?.url}/_control/${name}`
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(body) }).catch(() => null)
  await reply?.arrayBuffer()
}

async function webhooksFor(forMs: number, body: object): Promise<void> {
  await control('webhooks', body)
  await Bun.sleep(forMs)
  await control('webhooks', {})
}

const pidsOf = (service: string) =>
  state().replicas.flatMap((replica) => (replica.service === service && replica.pid > 0 ? [replica.pid] : []))

/** Freezes a process that keeps its connections: neither dead nor answering. */
async function pause(service: string, forMs: number): Promise<void> {
  const pids = pidsOf(service)
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of pids) {
      try {
        process.kill(pid, name)
      } catch {
        // It was killed in the meantime, and its successor was never stopped.
      }
    }
  }
  signal('SIGSTOP')
  await Bun.sleep(forMs)
  signal('SIGCONT')
}

/** The mesh names this one by what it is, not by what its paths are. */
const meshName = (service: string) => (service === 'payments' ? 'payment' : service)
const FAILPOINT_LIMIT_MS = 45_000

async function within(limitMs: number, condition: () => Promise<boolean> | boolean): Promise<boolean> {
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline) {
    if (await condition()) return true
    await Bun.sleep(100)
  }
  return false
}

/** Arms a failpoint, and resolves when its service has taken notice. `ended` waits for the process to end there. */
export async function armFailpoint(target: string): Promise<{ ended: () => Promise<boolean> }> {
  const [service = '', point = ''] = target.split('/')
  const key = `failpoint:${service}`
  const redis = new Redis(state().redis, { maxRetriesPerRequest: 2 })
  redis.on('error', () => undefined)
  const before = pidsOf(meshName(service)).join()
  try {
    await redis.set(key, point, 'PX', FAILPOINT_LIMIT_MS)
    await within(FAILPOINT_LIMIT_MS, async () => (await redis.exists(key)) === 0)
  } finally {
    redis.disconnect()
  }
  return { ended: () => within(FAILPOINT_LIMIT_MS, () => pidsOf(meshName(service)).join() !== before) }
}

async function breakWire(wires: Wires, plan: FaultPlan): Promise<void> {
  const { proxy, match } = LINKS[plan.target as LinkName]
  const wire = wires[proxy]
  if (!wire) throw new Error(`There is no fault proxy before ${proxy}.`)
  const kind = plan.fault.slice('wire_'.length) as WireFault['kind']
  // A store speaks all the time and to everybody: a few connections are enough.
  const aim = match ? { match } : kind === 'refuse' ? {} : { times: 5 }
  const ms = kind === 'drip' ? 20 : 300
  wire.break({ kind, ms, ...aim })
  await Bun.sleep(plan.forMs)
  wire.mend()
}

const STRIPE = '/v1/'

async function execute(plan: FaultPlan, wires: Wires): Promise<boolean> {
  const { fault, target, forMs } = plan
  if (fault === 'failpoint') return (await armFailpoint(target)).ended()
  if (fault.startsWith('wire_')) await breakWire(wires, plan)
  if (fault === 'kill') await mesh('kill', target)
  if (fault === 'pause') await pause(target, forMs)
  if (fault === 'kill_mongo') await mesh('kill', 'mongo')
  if (fault === 'kill_redis') await mesh('kill', 'redis')
  if (fault === 'webhooks_dropped') await webhooksFor(forMs, { drop: true })
  if (fault === 'webhooks_repeated') await webhooksFor(forMs, { duplicate: 10 })
  if (fault === 'webhooks_late') await webhooksFor(forMs, { delayMs: 8000 })
  if (fault === 'webhooks_shuffled') await webhooksFor(forMs, { shuffle: true, duplicate: 2 })
  if (fault === 'webhooks_forged') await webhooksFor(forMs, { failWith: 'signature' })
  if (fault === 'stripe_reply_lost') await control('faults', { path: STRIPE, dropReply: true, times: 2 })
  if (fault === 'stripe_fails_after_work')
    await control('faults', { path: STRIPE, status: 500, phase: 'after', times: 2 })
  if (fault === 'stripe_refuses') await control('faults', { path: STRIPE, status: 503, times: 4 })
  if (fault === 'stripe_slow') await control('faults', { path: STRIPE, latencyMs: 3000, times: 4 })
  return true
}

/** What two faults cannot use at once: a wire, or what is armed in one service. */
const placeOf = ({ fault, target }: FaultPlan): string | null => {
  if (fault === 'failpoint') return target.split('/')[0] ?? target
  return fault.startsWith('wire_') ? LINKS[target as LinkName].proxy : null
}

/** Does what the plan says, as the shoppers come. Faults may overlap, save in one place. */
export function createNemesis(faults: readonly FaultPlan[], history: History, wires: Wires) {
  const waiting = [...faults]
  const running: Promise<void>[] = []
  const places = new Map<string, Promise<void>>()

  async function carryOut(plan: FaultPlan): Promise<void> {
    const name = plan.fault === 'failpoint' ? `failpoint ${plan.target}` : plan.fault
    try {
      const isDone = await execute(plan, wires)
      history.fault(isDone ? name : 'not reached', `${plan.target} (${plan.forMs} ms)`)
    } catch (error) {
      // A mesh that is busy starting what was killed before may refuse; the run goes on without this one.
      history.fault('missed', `${name} ${plan.target}: ${error}`)
    }
  }

  return {
    /** Begins what is due when this many shoppers have begun. */
    onBegun(begun: number): void {
      for (let next = waiting[0]; next && next.after < begun; next = waiting[0]) {
        waiting.shift()
        const plan = next
        const place = placeOf(plan)
        const before = (place && places.get(place)) || Promise.resolve()
        const done = before.then(() => carryOut(plan))
        if (place) places.set(place, done)
        running.push(done)
      }
    },
    /** Waits for what is under way, then lets everything be as it should. */
    async end(): Promise<void> {
      await Promise.all(running)
      for (const wire of Object.values(wires)) wire.mend()
      await control('reset', {})
    },
  }
}

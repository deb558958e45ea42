import { state } from '../system/edge.client.ts'
import { mesh } from '../system/mesh.command.ts'
import type { History } from './history.ts'
import type { FaultPlan } from './plan.rules.ts'

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

/** Freezes a process that keeps its connections: neither dead nor answering. */
async function pause(service: string, forMs: number): Promise<void> {
  const pids = state().replicas.flatMap((replica) => (replica.service === service ? [replica.pid] : []))
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

const STRIPE = '/v1/'

function execute({ fault, target, forMs }: FaultPlan): Promise<void> {
  switch (fault) {
    case 'kill':
      return mesh('kill', target)
    case 'pause':
      return pause(target, forMs)
    case 'kill_mongo':
      return mesh('kill', 'mongo')
    case 'kill_redis':
      return mesh('kill', 'redis')
    case 'webhooks_dropped':
      return webhooksFor(forMs, { drop: true })
    case 'webhooks_repeated':
      return webhooksFor(forMs, { duplicate: 10 })
    case 'webhooks_late':
      return webhooksFor(forMs, { delayMs: 8000 })
    case 'webhooks_shuffled':
      return webhooksFor(forMs, { shuffle: true, duplicate: 2 })
    case 'webhooks_forged':
      return webhooksFor(forMs, { failWith: 'signature' })
    case 'stripe_reply_lost':
      return control('faults', { path: STRIPE, dropReply: true, times: 2 })
    case 'stripe_fails_after_work':
      return control('faults', { path: STRIPE, status: 500, phase: 'after', times: 2 })
    case 'stripe_refuses':
      return control('faults', { path: STRIPE, status: 503, times: 4 })
    case 'stripe_slow':
      return control('faults', { path: STRIPE, latencyMs: 3000, times: 4 })
  }
}

/** Does what the plan says, when it says so. Two faults may overlap. */
export async function unleash(faults: readonly FaultPlan[], history: History): Promise<void> {
  await Promise.all(
    faults.map(async (plan) => {
      await Bun.sleep(plan.atMs)
      const isAimed = plan.fault === 'kill' || plan.fault === 'pause'
      history.fault(plan.fault, isAimed ? `${plan.target} (${plan.forMs} ms)` : '')
      // A mesh that is busy starting what was killed before may refuse; the run goes on without this one.
      await execute(plan).catch((error) => history.fault('missed', String(error)))
    }),
  )
  await control('reset', {})
}

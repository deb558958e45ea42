import { SandboxState } from '@vitrine/contracts/sandbox'
import type { BaseEnv } from './env.ts'
import { canBeSwitched } from './fault.switches.ts'
import type { Log } from './log.ts'
import { type Connection, isDuplicateKey } from './mongo.ts'

const POLL_MS = 2000
const View = SandboxState.pick({ resetAt: true })
/** Kept: who may run a loop now, and the resets that were carried out. */
const KEPT = new Set(['leases', 'demo_resets'])

export interface DemoResetOptions {
  env: Pick<BaseEnv, 'NODE_ENV' | 'PUBLIC_URL' | 'SWITCHES_URL' | 'REAL_PAYMENTS' | 'SEED_DEMO'>
  log: Log
  /** Forgets everything; called on one replica alone when there is a connection. */
  connection?: Connection
  /** What else there is to forget, or to write anew. */
  afterwards?: () => Promise<unknown>
  /** Ends the process, so that what starts next finds a shop as new; a test stays. */
  restart?: () => void
  everyMs?: number
}

/** True for the one replica that takes this reset upon itself. */
async function takeReset(connection: Connection, at: string): Promise<boolean> {
  try {
    await connection.collection<{ _id: string }>('demo_resets').insertOne({ _id: at })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

async function forgetAll(connection: Connection): Promise<void> {
  const collections = (await connection.db?.listCollections({}, { nameOnly: true }).toArray()) ?? []
  for (const { name } of collections) {
    if (!KEPT.has(name) && !name.startsWith('system.')) await connection.collection(name).deleteMany({})
  }
}

/**
 * Puts the service back to the demo's beginning when the tester's page asks for it. As with the fault switches,
 * nothing can ask without the sandbox; a shop without demo data, or in public, is never reset. Returns `stop`.
 */
export function followDemoReset(options: DemoResetOptions): () => void {
  const { env, log, connection, afterwards, everyMs = POLL_MS } = options
  const { restart = () => process.kill(process.pid, 'SIGTERM') } = options
  if (!canBeSwitched(env) || !env.SEED_DEMO) return () => undefined
  const startedAt = Date.now()
  let done = ''
  let isBusy = false

  async function look(): Promise<void> {
    const reply = await fetch(`${env.SWITCHES_URL}/_control/state`, { signal: AbortSignal.timeout(1000) })
    const { resetAt } = View.parse(await reply.json())
    if (!resetAt || resetAt === done) return
    const isOlder = Date.parse(resetAt) > startedAt
    const isMine = connection ? await takeReset(connection, resetAt) : isOlder
    if (isMine) {
      log.warn({ resetAt }, 'the demo data is reset')
      if (connection) await forgetAll(connection)
      await afterwards?.()
    }
    done = resetAt
    // What it has read before is gone; one that began later has nothing to forget.
    if (isMine || isOlder) restart()
  }

  const timer = setInterval(async () => {
    if (isBusy) return
    isBusy = true
    await look().catch((error) => log.debug({ err: error }, 'no word of a reset'))
    isBusy = false
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

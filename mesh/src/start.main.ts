import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Mesh } from './mesh.ts'
import { parseStart, refuseUnsafe, type StartArguments } from './options.ts'
import { readState, refuseSecondMesh } from './state.ts'

const ROOT = resolve(import.meta.dir, '../..')
const stateDir = resolve(ROOT, process.env.VITRINE_STATE || '.mesh')
/** Set for the process that `--detach` leaves behind. */
const isDetached = Boolean(process.env.VITRINE_DETACHED)

const ACCOUNTS = `
Demo accounts (password):
  admin@vitrine.test    vitrine-admin-demo      everything
  orders@vitrine.test   vitrine-orders-demo     orders, refunds, stock
  support@vitrine.test  vitrine-support-demo    may look, not change
  shopper@vitrine.test  vitrine-shopper-demo    a customer`

/** The ready line comes last: programs wait for it. */
function announce(edge: string, { seed }: StartArguments): void {
  if (seed) console.log(ACCOUNTS)
  console.log(`\nVitrine is ready: ${edge}`)
}

async function runHere(options: StartArguments): Promise<void> {
  let mesh: Mesh | undefined
  function stop(): void {
    // The reaper ends what was started when this process goes before the mesh is up.
    if (!mesh) process.exit(130)
    console.log('stopping ...')
    mesh.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  // Who started this one may be killed outright; then nobody asks it to stop.
  const parent = process.ppid
  if (!isDetached) setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref()

  const { startMesh } = await import('./mesh.ts')
  mesh = await startMesh({ ...options, stateDir, log: console.log })
  if (!isDetached) announce(mesh.state.edge, options)
  await mesh.stopped
  process.exit(0)
}

/** Starts a mesh that outlives this terminal, relays what it says, and returns when it is ready. */
async function runDetached(options: StartArguments): Promise<void> {
  const file = join(stateDir, 'logs', 'mesh.log')
  mkdirSync(join(stateDir, 'logs'), { recursive: true })
  const log = openSync(file, 'w')
  const child = Bun.spawn([process.execPath, '--no-env-file', ...process.argv.slice(1)], {
    cwd: ROOT,
    env: { ...process.env, VITRINE_DETACHED: '1' },
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    detached: true,
  })
  child.unref()
  let shown = 0
  for (;;) {
    const isGone = child.exitCode !== null || child.signalCode !== null
    const said = readFileSync(file, 'utf8')
    process.stdout.write(said.slice(shown))
    shown = said.length
    const state = readState(stateDir)
    if (state?.isReady && state.pid === child.pid) return announce(state.edge, options)
    if (isGone) process.exit(1)
    await Bun.sleep(50)
  }
}

try {
  const options = parseStart(process.argv.slice(2), process.env)
  refuseUnsafe(options, process.env)
  refuseSecondMesh(stateDir)
  await (options.detach && !isDetached ? runDetached(options) : runHere(options))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

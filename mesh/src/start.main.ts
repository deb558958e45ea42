import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { parseStart, refuseUnsafe, type StartArguments } from './options.ts'
import { readState, refuseSecondMesh } from './state.ts'

const ROOT = resolve(import.meta.dir, '../..')
const envFile = join(ROOT, '.env')
const variables = { ...(existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {}), ...process.env }
const stateDir = resolve(ROOT, variables.VITRINE_STATE || '.mesh')

const ACCOUNTS = `
Demo accounts (password):
  admin@vitrine.test    vitrine-admin-demo      everything
  orders@vitrine.test   vitrine-orders-demo     orders, refunds, stock
  support@vitrine.test  vitrine-support-demo    may look, not change
  shopper@vitrine.test  vitrine-shopper-demo    a customer`

/** The ready line comes last: programs wait for it. */
function announce(edge: string, { isSeeding }: StartArguments): void {
  if (isSeeding) console.log(ACCOUNTS)
  console.log(`\nVitrine is ready: ${edge}`)
}

/** When the program that started this one is gone, so is the reason to run. */
function endWithParent(): void {
  const parent = Number(process.env.VITRINE_BOOTSTRAP_PID)
  if (!parent || process.env.VITRINE_DETACHED) return
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref()
}

async function runHere(options: StartArguments): Promise<void> {
  const log = (line: string) => console.log(line)
  // The reaper ends what was started when this process goes before the mesh is up.
  const early = () => process.exit(130)
  process.once('SIGINT', early).once('SIGTERM', early)
  endWithParent()

  const [{ buildStorefront }, { startMesh }] = await Promise.all([import('./build.ts'), import('./mesh.ts')])
  await buildStorefront(ROOT, log)
  const { host, port, scale, isSeeding: seed } = options
  const mesh = await startMesh({ stateDir, host, port, scale, seed, env: variables, log })
  process.off('SIGINT', early).off('SIGTERM', early)
  const stop = () => {
    log('stopping ...')
    mesh.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  announce(mesh.state.edge, options)
  await mesh.stopped
  process.exit(0)
}

/** Starts a mesh that outlives this terminal, relays what it says, and returns when it is ready. */
async function runDetached(options: StartArguments): Promise<void> {
  const file = join(stateDir, 'logs', 'mesh.log')
  mkdirSync(join(stateDir, 'logs'), { recursive: true })
  rmSync(file, { force: true })
  const log = openSync(file, 'a')
  const args = process.argv.slice(2).filter((argument) => argument !== '--detach' && argument !== '--fresh')
  const child = Bun.spawn([process.execPath, '--no-env-file', import.meta.path, ...args], {
    cwd: ROOT,
    env: { ...process.env, VITRINE_DETACHED: '1' },
    stdin: 'ignore',
    stdout: log,
    stderr: log,
    detached: true,
  })
  closeSync(log)
  child.unref()
  let shown = 0
  for (;;) {
    const isGone = child.exitCode !== null || child.signalCode !== null
    const said = readFileSync(file, 'utf8').replace(/\n(Demo accounts|Vitrine is ready)[\s\S]*$/, '')
    process.stdout.write(said.slice(shown))
    shown = Math.max(shown, said.length)
    const state = readState(stateDir)
    if (state?.isReady && state.pid === child.pid) return announce(state.edge, options)
    if (isGone) process.exit(1)
    await Bun.sleep(50)
  }
}

try {
  const options = parseStart(process.argv.slice(2), variables)
  refuseUnsafe(options, variables)
  refuseSecondMesh(stateDir)
  if (options.isFresh) rmSync(join(stateDir, 'data'), { recursive: true, force: true })
  await (options.isDetached ? runDetached(options) : runHere(options))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readEnvFile } from './env-file.ts'
import { parseStart, refuseUnsafeHost, type StartArguments } from './options.ts'
import { readState } from './state.ts'

const ROOT = resolve(import.meta.dir, '../..')
const stateDir = resolve(ROOT, process.env.VITRINE_STATE || '.mesh')
const variables = { ...readEnvFile(join(ROOT, '.env')), ...process.env, NODE_ENV: undefined }

const ACCOUNTS = `Demo accounts (password):
  admin@vitrine.test    vitrine-admin-demo      everything
  orders@vitrine.test   vitrine-orders-demo     orders, refunds, stock
  support@vitrine.test  vitrine-support-demo    may look, not change
  shopper@vitrine.test  vitrine-shopper-demo    a customer`

/** The ready line comes last: programs wait for it. */
function announce(edge: string, { isSeeding }: StartArguments): void {
  if (isSeeding) console.log(`\n${ACCOUNTS}`)
  console.log(`\nVitrine is ready: ${edge}`)
}

/** When the program that started this one is gone, so is the reason to run. */
function endWithParent(stop: () => void): void {
  const parent = Number(process.env.VITRINE_BOOTSTRAP_PID)
  if (!parent || process.env.VITRINE_DETACHED) return
  setInterval(() => process.ppid !== parent && stop(), 500).unref()
}

async function runHere(options: StartArguments): Promise<void> {
  const log = (line: string) => console.log(line)
  // The reaper ends what was started when this process goes before the mesh is up.
  const early = () => process.exit(130)
  process.once('SIGINT', early).once('SIGTERM', early)
  endWithParent(() => process.kill(process.pid, 'SIGTERM'))

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
  mkdirSync(join(stateDir, 'logs'), { recursive: true })
  const file = join(stateDir, 'logs', 'mesh.log')
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
  const relay = () => {
    const text = readFileSync(file, 'utf8').replace(/\n(Demo accounts|\nVitrine is ready)[\s\S]*$/, '')
    process.stdout.write(text.slice(shown))
    shown = Math.max(shown, text.length)
  }
  for (;;) {
    const isGone = child.exitCode !== null || child.signalCode !== null
    relay()
    const state = readState(stateDir)
    if (state?.isReady && state.pid === child.pid) return announce(state.edge, options)
    if (isGone) process.exit(1)
    await Bun.sleep(50)
  }
}

try {
  const options = parseStart(process.argv.slice(2))
  refuseUnsafeHost(options, variables)
  if (readState(stateDir))
    throw new Error(`A mesh runs here already: ${readState(stateDir)?.edge}. End it with "npm run mesh -- stop".`)
  if (options.isFresh) rmSync(join(stateDir, 'data'), { recursive: true, force: true })
  await (options.isDetached ? runDetached(options) : runHere(options))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

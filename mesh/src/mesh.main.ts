import { rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'
import { printLogs } from './logs.ts'
import { parseScale } from './options.ts'
import { command, readState, requireState } from './state.ts'

const stateDir = resolve(import.meta.dir, '../..', process.env.VITRINE_STATE || '.mesh')
const STOP_LIMIT_MS = 30_000

function versionOf(program: string): string {
  const { stdout } = Bun.spawnSync([program, basename(program) === 'traefik' ? 'version' : '--version'])
  return `${basename(program)} ${/\d+\.\d+\.\d+/.exec(stdout.toString())?.[0] ?? ''}`
}

function status(): void {
  const { edge, isReady, replicas } = requireState(stateDir)
  console.log(`${edge}  ${isReady ? 'ready' : 'starting'}`)
  const rows = replicas.map((replica) => ({ ...replica, program: versionOf(replica.program) }))
  console.table(rows, ['service', 'index', 'healthy', 'pid', 'program', 'url'])
}

async function stop(): Promise<void> {
  const state = readState(stateDir)
  if (!state) return console.log('No mesh is running.')
  await command(stateDir, 'stop')
  const deadline = Date.now() + STOP_LIMIT_MS
  while (readState(stateDir)) {
    if (Date.now() > deadline)
      throw new Error(`The mesh (process ${state.pid}) has not ended within ${STOP_LIMIT_MS / 1000} s.`)
    await Bun.sleep(50)
  }
  console.log('stopped')
}

async function reset(): Promise<void> {
  await stop()
  rmSync(join(stateDir, 'data'), { recursive: true, force: true })
  console.log('data deleted')
}

const program = new Command('npm run mesh --').description('Steers the mesh that "npm start" started.')
program.command('status').description('every replica with its health, process, program and address').action(status)
program
  .command('logs [name]')
  .description('what they print, prefixed')
  .option('-f, --follow', 'keeps printing', false)
  .action((name = '', { follow }) => printLogs(join(stateDir, 'logs'), name, follow))
program
  .command('kill <name>')
  .description('sends a signal to all of catalog, or to catalog.2; what dies is started again')
  .option('--signal <name>', 'such as STOP or CONT', 'KILL')
  .action((name, { signal }) => command(stateDir, 'kill', { name, signal: `SIG${signal.replace(/^SIG/, '')}` }))
program
  .command('scale <name=count>')
  .description('more or fewer replicas')
  .action((text) => {
    const [name, count] = parseScale(text)
    return command(stateDir, 'scale', { name, count })
  })
program
  .command('restart <name>')
  .description('one replica after the other, with the code as it is now')
  .action((name) => command(stateDir, 'restart', { name }))
program.command('stop').description('ends the mesh; data stays').action(stop)
program.command('reset').description('ends the mesh and deletes its data').action(reset)

await program.parseAsync().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})

import { existsSync, readdirSync, rmSync } from 'node:fs'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { printLogs } from './logs.ts'
import { parseScale } from './options.ts'
import { command, readState } from './state.ts'

const stateDir = resolve(import.meta.dir, '../..', process.env.VITRINE_STATE || '.mesh')
const STOP_LIMIT_MS = 30_000

const USAGE = `npm run mesh -- <command>
  status                          every replica with its health, process and address
  logs [name] [--follow]          what they print, prefixed; --follow keeps printing
  kill <name[.n]> [--signal S]    sends a signal (KILL unless told); what dies is started again
  scale name=N                    more or fewer replicas
  restart <name[.n]>              one replica after the other, with the code as it is now
  stop                            ends the mesh; data stays
  reset                           ends the mesh and deletes its data`

function status(): void {
  const state = readState(stateDir)
  if (!state) throw new Error('No mesh is running. Start one with "npm start".')
  console.log(`${state.edge}  ${state.isReady ? 'ready' : 'starting'}`)
  const width = Math.max(...state.replicas.map(({ service }) => service.length)) + 4
  for (const { service, index, pid, url, healthy } of state.replicas) {
    const health = healthy ? 'healthy  ' : 'unhealthy'
    console.log(`${`${service}.${index}`.padEnd(width)}${health}  ${String(pid).padStart(7)}  ${url}`)
  }
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

function logs(): Promise<void> {
  const folder = join(stateDir, 'logs')
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.log')) : []
  const all = files.map((file) => file.slice(0, -4)).sort()
  const chosen = all.filter((log) => !name || log === name || log.startsWith(`${name}.`))
  if (!all.length) throw new Error('There are no logs yet.')
  if (!chosen.length) throw new Error(`There is no log of "${name}". There are: ${all.join(', ')}.`)
  return printLogs(folder, chosen, values.follow)
}

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { signal: { type: 'string', default: 'KILL' }, follow: { type: 'boolean', short: 'f', default: false } },
})
const [action = '', name = ''] = positionals

function required(): string {
  if (!name) throw new Error(USAGE)
  return name
}

const ACTIONS: Record<string, () => unknown> = {
  status,
  logs,
  kill() {
    const signal = `SIG${values.signal.replace(/^SIG/, '')}`
    if (!(signal in constants.signals)) throw new Error(`There is no signal "${values.signal}".`)
    return command(stateDir, 'kill', { name: required(), signal })
  },
  scale() {
    const [service, count] = parseScale(required())
    return command(stateDir, 'scale', { name: service, count })
  },
  restart: () => command(stateDir, 'restart', { name: required() }),
  stop,
  reset,
}

try {
  const run = ACTIONS[action]
  if (!run) throw new Error(USAGE)
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

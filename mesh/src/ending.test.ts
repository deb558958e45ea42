import { afterAll, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readState } from './state.ts'

const REPOSITORY = resolve(import.meta.dir, '../..')
const root = mkdtempSync(join(tmpdir(), 'vitrine-ending-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const COMPOSE = `
services:
  web:
    build: .
    command: [bun, web.ts]
    restart: always
    expose: [3000]
    environment: { PORT: 3000 }
    healthcheck: { interval: 1s, timeout: 1s, start_period: 20s }
`
const listens = 'Bun.serve({ port: Number(process.env.PORT), fetch: () => new Response() })'
const startsAnother = `Bun.spawn(['sleep', '3600'])`

/** A checkout that runs one small service, with this one's mesh, packages and tools. */
function checkout(name: string, program: string): string {
  const folder = join(root, name)
  const lock = readFileSync(join(REPOSITORY, 'bun.lock'))
  mkdirSync(join(folder, '.tools'), { recursive: true })
  cpSync(join(REPOSITORY, 'mesh/src'), join(folder, 'mesh/src'), { recursive: true })
  for (const file of ['package.json', 'mesh/package.json', 'mesh/bootstrap.mjs'])
    cpSync(join(REPOSITORY, file), join(folder, file))
  for (const packages of ['node_modules', 'mesh/node_modules', '.tools/node_modules'])
    symlinkSync(join(REPOSITORY, packages), join(folder, packages))
  writeFileSync(join(folder, 'bun.lock'), lock)
  writeFileSync(join(folder, '.tools/installed'), createHash('sha256').update(lock).digest('hex'))
  writeFileSync(join(folder, 'docker-compose.yml'), COMPOSE)
  writeFileSync(join(folder, 'web.ts'), program)
  return folder
}

/** What runs, without what has ended and only waits for its parent to notice. */
function processes(): { pid: number; parent: number }[] {
  const lines = Bun.spawnSync(['ps', '-eo', 'pid=,ppid=,stat=']).stdout.toString().trim().split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))
}

function withDescendants(pid: number): number[] {
  const all = processes()
  const below = (one: number): number[] => [
    one,
    ...all.filter(({ parent }) => parent === one).flatMap((it) => below(it.pid)),
  ]
  return below(pid)
}

async function until(what: string, isTrue: () => unknown): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`)
    await Bun.sleep(50)
  }
}

/** `npm start` as a terminal runs it: in a process group of its own. */
async function npmStart(name: string, program: string, isUp: (stateDir: string) => unknown) {
  const folder = checkout(name, program)
  const stateDir = join(folder, '.mesh')
  using free = Bun.listen({ port: 0, hostname: '127.0.0.1', socket: { data: () => undefined } })
  free.stop(true)
  writeFileSync(join(folder, '.env'), `PORT=${free.port}\n`)
  const env = { ...process.env, VITRINE_STATE: stateDir, PORT: undefined }
  const npm = Bun.spawn(['npm', 'start'], { cwd: folder, env, stdout: 'ignore', stderr: 'inherit', detached: true })
  await until('the mesh is up', () => isUp(stateDir))
  expect(readState(stateDir)?.edge).toBe(`http://localhost:${free.port}`)
  const pids = withDescendants(npm.pid)
  // npm, the bootstrap, the mesh, its reaper and the service, at least.
  expect(pids.length).toBeGreaterThanOrEqual(5)
  return { pid: npm.pid, pids }
}

const untilGone = (pids: number[]) => until('all are gone', () => !processes().some(({ pid }) => pids.includes(pid)))
const isReady = (stateDir: string) => readState(stateDir)?.isReady
const hasProcess = (stateDir: string) => readState(stateDir)?.replicas.some(({ pid }) => pid > 0)

test('Ctrl-C on "npm start" leaves no process', async () => {
  const { pid, pids } = await npmStart('ready', `${listens}; ${startsAnother}`, isReady)
  process.kill(-pid, 'SIGINT')
  await untilGone(pids)
}, 60_000)

test('Ctrl-C before the mesh is ready leaves no process', async () => {
  const { pid, pids } = await npmStart('starting', `${startsAnother}; setInterval(() => undefined, 1000)`, hasProcess)
  process.kill(-pid, 'SIGINT')
  await untilGone(pids)
}, 60_000)

test('npm killed outright leaves no process', async () => {
  const { pid, pids } = await npmStart('killed', `${listens}; ${startsAnother}`, isReady)
  process.kill(pid, 'SIGKILL')
  await untilGone(pids)
}, 60_000)

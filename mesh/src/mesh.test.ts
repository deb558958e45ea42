import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mesh, startMesh } from './mesh.ts'
import { command, readState } from './state.ts'

const ENTRY = join(import.meta.dir, 'mesh.ts')
const root = mkdtempSync(join(tmpdir(), 'vitrine-mesh-'))
const stateDir = join(root, 'state')
const source = join(root, 'services/echo/src')

const COMPOSE = `
name: fixture
services:
  traefik:
    image: traefik:v3
    expose: ["8081", "8082"]
    ports: ["8080:8080"]
    volumes: ["./traefik:/etc/traefik"]
    environment: { ECHO_URL: "http://echo:3000" }
    healthcheck: { test: ["CMD", "traefik", "healthcheck", "--entryPoints.ops.address=:8082"], interval: 1s, timeout: 1s, start_period: 20s }
    restart: always
  prepare:
    build: .
    command: ["bun", "services/echo/src/prepare.main.ts"]
    environment: { SHARED: /shared/made }
    volumes: ["shared:/shared"]
    x-once: shared
  echo:
    build: .
    command: ["bun", "services/echo/src/main.ts"]
    expose: ["3000"]
    environment: { PORT: "3000", HOST: 0.0.0.0, SHARED: /shared/made, SECRET: hidden }
    volumes: ["shared:/shared"]
    depends_on: { prepare: { condition: service_completed_successfully } }
    healthcheck: { test: ["CMD", "bun", "-e", "await fetch('http://127.0.0.1:3000/readyz')"], interval: 200ms, timeout: 500ms, retries: 2, start_period: 20s }
    restart: always
    deploy: { replicas: 2 }
    labels:
      traefik.enable: "true"
      traefik.http.services.echo.loadbalancer.server.port: "3000"
      traefik.http.routers.echo.rule: PathPrefix(\`/echo\`)
      traefik.http.routers.echo.entrypoints: web
      traefik.http.routers.echo.priority: "10"
`
const TRAEFIK = `
api: {}
ping: { entryPoint: ops }
entryPoints: { web: { address: ":8080" }, mesh: { address: ":8081", asDefault: true }, ops: { address: ":8082" } }
providers:
  providersThrottleDuration: 50ms
  docker: { endpoint: "unix:///var/run/docker.sock", exposedByDefault: false, network: fixture_default }
  file: { directory: /etc/traefik/dynamic }
`
const DYNAMIC =
  'http: { routers: { ops: { rule: "PathPrefix(`/api/`)", entryPoints: [ops], service: "api@internal" } } }'
const ECHO = `
import { readFileSync } from 'node:fs'
import { greeting } from './greeting.ts'
const made = readFileSync(process.env.SHARED, 'utf8')
const reply = () => Response.json({ pid: process.pid, made, greeting, folder: import.meta.dir })
Bun.serve({ port: Number(process.env.PORT), hostname: process.env.HOST, fetch: reply })
`
const PREPARE = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
const file = process.env.SHARED
writeFileSync(file, 'prepared ' + (existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) + 1 : 1))
`

let mesh: Mesh

beforeAll(async () => {
  mkdirSync(join(root, 'traefik/dynamic'), { recursive: true })
  writeFileSync(join(root, 'docker-compose.yml'), COMPOSE)
  writeFileSync(join(root, 'traefik/traefik.yml'), TRAEFIK)
  writeFileSync(join(root, 'traefik/dynamic/ops.yml'), DYNAMIC)
  mkdirSync(source, { recursive: true })
  writeFileSync(join(source, 'prepare.main.ts'), PREPARE)
  writeFileSync(join(source, 'main.ts'), ECHO)
  writeFileSync(join(source, 'greeting.ts'), `export const greeting = 'hello'`)
  mesh = await startMesh({ stateDir, root, port: 0 })
}, 30_000)

afterAll(async () => {
  await mesh.stop()
  rmSync(root, { recursive: true, force: true })
}, 30_000)

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(what: string, isTrue: () => unknown): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`)
    await Bun.sleep(20)
  }
}

async function pidsBehindEdge(): Promise<Set<number>> {
  const pids = new Set<number>()
  for (let count = 0; count < 8; count++) {
    const reply = await fetch(`${mesh.state.edge}/echo`)
    if (reply.ok) pids.add((await reply.json()).pid)
  }
  return pids
}

const pidsOf = (service: string) =>
  mesh.state.replicas.filter((replica) => replica.service === service).map(({ pid }) => pid)

test('Traefik reads the labels and balances both replicas', async () => {
  expect(await pidsBehindEdge()).toEqual(new Set(pidsOf('echo')))
})

const echo = async () => (await fetch(`${mesh.state.edge}/echo`)).json()

test('what a one-shot service left in a volume is there for those that wait for it', async () => {
  expect((await echo()).made).toBe('prepared 1')
})

test('a bundled service knows the folder of its sources', async () => expect((await echo()).folder).toBe(source))

test('a restart runs what was edited', async () => {
  expect((await echo()).greeting).toBe('hello')
  writeFileSync(join(source, 'greeting.ts'), `export const greeting = 'good evening'`)
  await command(stateDir, 'restart', { name: 'echo' })
  await until('the new code answers', async () => (await echo()).greeting === 'good evening')
})

test('an edit that cannot be read is named, and what runs goes on', async () => {
  writeFileSync(join(source, 'greeting.ts'), `export const greeting = (`)
  await expect(command(stateDir, 'restart', { name: 'echo' })).rejects.toThrow(/bundled:\n[\s\S]*greeting\.ts:1/)
  expect((await echo()).greeting).toBe('good evening')
  writeFileSync(join(source, 'greeting.ts'), `export const greeting = 'good evening'`)
})

test('the state on disk is the one the mesh has', () => expect(readState(stateDir)).toEqual(mesh.state))

test('the socket is for its owner alone and tells no environment', async () => {
  expect(statSync(mesh.state.socket).mode & 0o777).toBe(0o600)
  const list = await (await fetch('http://localhost/v1.44/containers/json', { unix: mesh.state.socket })).json()
  const one = await (
    await fetch(`http://localhost/v1.44/containers/${list[0].Id}/json`, { unix: mesh.state.socket })
  ).text()
  expect(JSON.stringify(list) + one).not.toContain('hidden')
})

test('a killed replica is left out at once and comes back on the same port', async () => {
  const before = mesh.state.replicas.find(({ service }) => service === 'echo')
  if (!before) throw new Error('no replica')
  await command(stateDir, 'kill', { name: 'echo.1' })
  await until('a new process on the old port', () =>
    mesh.state.replicas.some(({ port, pid, healthy }) => port === before.port && pid !== before.pid && healthy),
  )
  await until('both are routed', async () => (await pidsBehindEdge()).size === 2)
  expect(isAlive(before.pid)).toBe(false)
})

test('scaling up and down changes what Traefik balances', async () => {
  await command(stateDir, 'scale', { name: 'echo', count: 3 })
  await until('three are routed', async () => (await pidsBehindEdge()).size === 3)
  await command(stateDir, 'scale', { name: 'echo', count: 1 })
  await until('one is routed', async () => (await pidsBehindEdge()).size === 1)
})

test('scaling down ends the last replica, also after the first was started anew', async () => {
  await command(stateDir, 'scale', { name: 'echo', count: 2 })
  await command(stateDir, 'restart', { name: 'echo.1' })
  await command(stateDir, 'scale', { name: 'echo', count: 1 })
  const left = mesh.state.replicas.filter(({ service }) => service === 'echo')
  expect(left.map(({ index }) => index)).toEqual([1])
})

test('a command for what does not run is refused with the names that do', () => {
  expect(command(stateDir, 'kill', { name: 'nobody' })).rejects.toThrow('There is no replica "nobody". Running: ')
})

test('a second mesh in the same folder is refused', async () => {
  const script = `const { startMesh } = await import(${JSON.stringify(ENTRY)}); await startMesh({ stateDir: ${JSON.stringify(stateDir)}, root: ${JSON.stringify(root)}, port: 0 })`
  const second = Bun.spawn([process.execPath, '-e', script], { stderr: 'pipe', stdout: 'ignore' })
  expect(await new Response(second.stderr).text()).toContain('A mesh runs here already')
  expect(await second.exited).not.toBe(0)
}, 15_000)

test('stopping leaves no process, and the next start takes the same ports', async () => {
  const before = mesh.state
  await mesh.stop()
  expect(before.replicas.map(({ pid }) => pid).filter(isAlive)).toEqual([])
  expect(readState(stateDir)).toBeNull()
  mesh = await startMesh({ stateDir, root, port: 0 })
  const portsOf = ({ replicas }: Mesh['state']) =>
    replicas.filter(({ index }) => index === 1).map(({ service, port }) => [service, port])
  expect(portsOf(mesh.state)).toEqual(portsOf(before))
}, 30_000)

test('a one-shot service runs again when its program has changed, not at each start', async () => {
  // The first start ran it; the edits since then made it new for the second.
  expect((await echo()).made).toBe('prepared 2')
  await mesh.stop()
  mesh = await startMesh({ stateDir, root, port: 0 })
  expect((await echo()).made).toBe('prepared 2')
}, 30_000)

test('a mesh that is killed outright leaves no process behind', async () => {
  const other = join(root, 'other')
  const script = `const { startMesh } = await import(${JSON.stringify(ENTRY)}); await startMesh({ stateDir: ${JSON.stringify(other)}, root: ${JSON.stringify(root)}, port: 0 })`
  const running = Bun.spawn([process.execPath, '-e', script], { stderr: 'inherit', stdout: 'ignore' })
  await until('the other mesh is ready', () => readState(other)?.isReady)
  const pids = readState(other)?.replicas.map(({ pid }) => pid) ?? []
  expect(pids.length).toBe(3)
  running.kill('SIGKILL')
  await until('all are gone', () => !pids.some(isAlive))
}, 30_000)

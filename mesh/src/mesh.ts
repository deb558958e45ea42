import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { bundleServices } from './build.ts'
import { createCommands } from './commands.ts'
import { parseCompose, type Service } from './compose.ts'
import { serveDockerApi } from './docker-api.ts'
import type { Variables } from './interpolate.ts'
import { createPorts, requireFree } from './ports.ts'
import type { ProgramContext } from './programs.ts'
import { createReaper } from './reaper.ts'
import { whenRouted } from './routed.ts'
import { type MeshState, readState, writeState } from './state.ts'
import { createSupervisor } from './supervisor.ts'

const ROOT = resolve(import.meta.dir, '../..')
const LONGEST_SOCKET_PATH = 100

export interface StartOptions {
  /** Where data, logs and `state.json` go. */
  stateDir: string
  /** The manifest's folder; the repository unless a test brings its own. */
  root?: string
  /** Edge port; 0 takes a free one and remembers it. */
  port?: number
  host?: string
  /** Replicas by service, over what the manifest says. */
  scale?: Record<string, number>
  /** Variables of the manifest, over the process's own. */
  env?: Variables
  /** False leaves the demo data out. */
  seed?: boolean
  log?: (line: string) => void
}

export interface Mesh {
  state: MeshState
  /** Ends every process; resolves when none is left. */
  stop(): Promise<void>
  /** Resolves when it was asked to stop, by `stop()` or by `npm run mesh -- stop`. */
  stopped: Promise<void>
}

/** In the state folder when its path is short enough for a unix socket, else in a private temporary folder. */
function socketFor(stateDir: string): string {
  const inside = join(stateDir, 'docker.sock')
  if (inside.length <= LONGEST_SOCKET_PATH) return inside
  return join(tmpdir(), `vitrine-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}`, 'docker.sock')
}

function prepareFolders(stateDir: string): void {
  for (const folder of ['', 'data', 'logs']) mkdirSync(join(stateDir, folder), { recursive: true, mode: 0o700 })
  chmodSync(stateDir, 0o700)
  const running = readState(stateDir)
  if (running && running.pid !== process.pid)
    throw new Error(
      `A mesh runs here already: ${running.edge} (process ${running.pid}). End it with "npm run mesh -- stop".`,
    )
  rmSync(join(stateDir, 'state.json'), { force: true })
}

/** Stores given by URL are used instead of started. */
const leftOut = (variables: Variables) => [
  ...(variables.MONGO_URL ? ['mongo', 'mongo-init'] : []),
  ...(variables.REDIS_URL ? ['redis'] : []),
]

/** A port for every port of every replica; the published ones of Traefik are what the person chose. */
async function allocate(services: Service[], stateDir: string, edgePort: number, host: string) {
  const portFor = createPorts(join(stateDir, 'ports.json'))
  const known = new Map<string, number>()
  const add = async (service: Service, index: number) => {
    for (const containerPort of service.containerPorts) {
      const key = `${service.name}.${index}:${containerPort}`
      const isEdge =
        service.image.startsWith('traefik') && service.publishedPorts.some(({ target }) => target === containerPort)
      if (known.has(key)) continue
      known.set(key, isEdge && edgePort ? await requireFree(edgePort, host) : await portFor(key))
    }
  }
  for (const service of services)
    for (let index = 1; index <= Math.max(service.replicas, 1); index++) await add(service, index)
  const portOf = (name: string, index: number, containerPort: number) =>
    known.get(`${name}.${index}:${containerPort}`) ?? 0
  return { add, portOf }
}

function stripeOf(services: Service[], context: ProgramContext): MeshState['stripe'] {
  const sandbox = services.find(({ name }) => name === 'stripe-sandbox')
  const secretKey = sandbox?.environment.SANDBOX_SECRET_KEY
  if (!sandbox || !secretKey) return undefined
  const publishableKey = `pk_test_${createHash('sha256').update(secretKey).digest('hex').slice(0, 32)}`
  return {
    url: `http://127.0.0.1:${context.portOf(sandbox.name, 1, sandbox.containerPorts[0] ?? 0)}`,
    secretKey,
    publishableKey,
  }
}

/** Runs the manifest without Docker; resolves when every service is healthy and routed. */
export async function startMesh(options: StartOptions): Promise<Mesh> {
  const { root = ROOT, host = '127.0.0.1', log = () => undefined } = options
  const stateDir = resolve(options.stateDir)
  prepareFolders(stateDir)

  // `bun test` sets NODE_ENV for itself; the services get it only when asked.
  const given: Variables = { ...process.env, NODE_ENV: undefined, ...options.env }
  const edgePort = options.port ?? Number(given.PORT || 8080)
  const seeding = options.seed === false ? { SEED_DEMO: 'false' } : {}
  const chosenPort = edgePort || (await createPorts(join(stateDir, 'ports.json'))('edge'))
  const variables: Variables = { ...given, ...seeding, PORT: String(chosenPort) }
  const { name: project, services } = parseCompose(
    readFileSync(join(root, 'docker-compose.yml'), 'utf8'),
    variables,
    leftOut(variables),
  )
  for (const service of services) service.replicas = options.scale?.[service.name] ?? service.replicas

  const [bundle, binaries] = await Promise.all([
    bundleServices(root),
    findBinaries({ cache: join(ROOT, '.mesh/bin'), services, log }),
  ])
  const { add, portOf } = await allocate(services, stateDir, chosenPort, host)
  const socket = socketFor(stateDir)
  const context: ProgramContext = { root, bundle, stateDir, binaries, services, portOf, host, dockerSocket: socket }
  const at = (name: string, port: number) => portOf(name, 1, port)

  const reaper = createReaper()
  const stopped = Promise.withResolvers<void>()
  let isReady = false
  let isStopping = false
  const supervisor = createSupervisor({ context, reaper, log, allocate: add, onChange })

  const snapshot = (): MeshState => ({
    pid: process.pid,
    isReady,
    edge: `http://localhost:${chosenPort}`,
    mesh: `http://127.0.0.1:${at('traefik', 8081)}`,
    mongo: variables.MONGO_URL || `mongodb://127.0.0.1:${at('mongo', 27017)}/?replicaSet=rs0`,
    redis: variables.REDIS_URL || `redis://127.0.0.1:${at('redis', 6379)}`,
    traefikApi: `http://127.0.0.1:${at('traefik', 8082)}`,
    socket,
    stripe: stripeOf(services, context),
    replicas: supervisor.states(),
  })
  function onChange(action: string, id: string): void {
    // A replica that has just started is not healthy yet, and Traefik looks at healthy ones only.
    if (action !== 'start') docker.emit(action, id)
    if (!isStopping) writeState(stateDir, snapshot())
  }

  const stop = async () => {
    if (isStopping) return stopped.promise
    isStopping = true
    await supervisor.stop()
    await docker.stop()
    reaper.stop()
    rmSync(join(stateDir, 'state.json'), { force: true })
    if (dirname(socket) !== stateDir) rmSync(dirname(socket), { recursive: true, force: true })
    stopped.resolve()
  }
  const docker = serveDockerApi({
    socket,
    project,
    containers: supervisor.containers,
    onCommand: createCommands({ supervisor, stop }),
  })

  try {
    writeState(stateDir, snapshot())
    await supervisor.start()
    if (existsSync(join(stateDir, 'traefik.yml'))) await whenRouted(snapshot().traefikApi, supervisor.containers, log)
  } catch (error) {
    await stop()
    throw error
  }
  isReady = true
  writeState(stateDir, snapshot())
  return {
    get state() {
      return snapshot()
    },
    stop,
    stopped: stopped.promise,
  }
}

import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { findBinaries } from './binaries.ts'
import { bundleServices } from './build.ts'
import { createCommands } from './commands.ts'
import { parseCompose, type Service } from './compose.ts'
import { serveDockerApi, socketFor } from './docker-api.ts'
import type { Variables } from './interpolate.ts'
import { createPorts, requireFree } from './ports.ts'
import type { ProgramContext } from './programs.ts'
import { createReaper } from './reaper.ts'
import { whenRouted } from './routed.ts'
import { type MeshState, refuseSecondMesh, stateFile, writeState } from './state.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'

const ROOT = resolve(import.meta.dir, '../..')

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

/** The services to run. Stores given by URL are used instead of started. */
function readManifest(root: string, variables: Variables, scale: Record<string, number>) {
  const leftOut = [...(variables.MONGO_URL ? ['mongo', 'mongo-init'] : []), ...(variables.REDIS_URL ? ['redis'] : [])]
  const manifest = parseCompose(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), variables, leftOut)
  for (const service of manifest.services) service.replicas = scale[service.name] ?? service.replicas
  return manifest
}

/** A port for every port of every replica; the published one of Traefik is what the person chose. */
async function allocatePorts(services: Service[], stateDir: string, edgePort: number, host: string) {
  const portFor = createPorts(join(stateDir, 'ports.json'))
  const known = new Map<string, number>()
  async function add({ name, image, containerPorts, publishedPorts }: Service, index: number): Promise<void> {
    for (const port of containerPorts) {
      const key = `${name}.${index}:${port}`
      const isEdge = image.startsWith('traefik') && publishedPorts.includes(port)
      if (!known.has(key)) known.set(key, isEdge ? await requireFree(edgePort, host) : await portFor(key))
    }
  }
  for (const service of services)
    for (let index = 1; index <= Math.max(service.replicas, 1); index++) await add(service, index)
  return { add, portOf: (name: string, index: number, port: number) => known.get(`${name}.${index}:${port}`) ?? 0 }
}

/** How to reach the sandbox; the publishable key follows from the secret one. */
function stripeOf({ services, portOf }: ProgramContext): MeshState['stripe'] {
  const sandbox = services.find(({ name }) => name === 'stripe-sandbox')
  const secretKey = sandbox?.environment.SANDBOX_SECRET_KEY
  if (!sandbox || !secretKey) return undefined
  const publishableKey = `pk_test_${createHash('sha256').update(secretKey).digest('hex').slice(0, 32)}`
  return {
    url: `http://127.0.0.1:${portOf(sandbox.name, 1, sandbox.containerPorts[0] ?? 0)}`,
    secretKey,
    publishableKey,
  }
}

type Addresses = Omit<MeshState, 'isReady' | 'replicas'>

function addressesOf(context: ProgramContext, edgePort: number, variables: Variables): Addresses {
  const local = (name: string, port: number) => `127.0.0.1:${context.portOf(name, 1, port)}`
  return {
    pid: process.pid,
    edge: `http://localhost:${edgePort}`,
    mesh: `http://${local('traefik', 8081)}`,
    mongo: variables.MONGO_URL || `mongodb://${local('mongo', 27017)}/?replicaSet=rs0`,
    redis: variables.REDIS_URL || `redis://${local('redis', 6379)}`,
    traefikApi: `http://${local('traefik', 8082)}`,
    socket: context.dockerSocket,
    stripe: stripeOf(context),
  }
}

const replicasOf = (supervisor: Supervisor): MeshState['replicas'] =>
  supervisor.views().map(({ service, index, pid, port, isHealthy }) => {
    return { service, index, pid, port, url: `http://127.0.0.1:${port}`, healthy: isHealthy }
  })

async function prepare(options: StartOptions) {
  const { root = ROOT, host = '127.0.0.1', scale = {}, log = () => undefined } = options
  const stateDir = resolve(options.stateDir)
  for (const folder of ['', 'data', 'logs']) mkdirSync(join(stateDir, folder), { recursive: true, mode: 0o700 })
  chmodSync(stateDir, 0o700)
  refuseSecondMesh(stateDir)
  rmSync(stateFile(stateDir), { force: true })

  // `bun test` sets NODE_ENV for itself; the services get it only when asked.
  const given: Variables = { ...process.env, NODE_ENV: undefined, ...options.env }
  const chosenPort = options.port ?? Number(given.PORT || 8080)
  const edgePort = chosenPort || (await createPorts(join(stateDir, 'ports.json'))('edge'))
  const seeding = options.seed === false ? { SEED_DEMO: 'false' } : {}
  const variables: Variables = { ...given, ...seeding, PORT: String(edgePort) }
  const { name: project, services } = readManifest(root, variables, scale)
  const { add: allocate, portOf } = await allocatePorts(services, stateDir, edgePort, host)
  const programs = findBinaries(services, join(ROOT, '.mesh/bin'), log)
  const [bundle, binaries] = await Promise.all([bundleServices(root), programs])
  const dockerSocket = socketFor(stateDir)
  const context: ProgramContext = { root, bundle, stateDir, binaries, services, portOf, host, dockerSocket }
  return { context, project, allocate, log, addresses: addressesOf(context, edgePort, variables) }
}

/** Runs the manifest without Docker; resolves when every service is healthy and routed. */
export async function startMesh(options: StartOptions): Promise<Mesh> {
  const { context, project, allocate, log, addresses } = await prepare(options)
  const { stateDir, dockerSocket: socket } = context
  const reaper = createReaper()
  const stopped = Promise.withResolvers<void>()
  let isReady = false
  let isStopping = false
  const supervisor = createSupervisor({ context, reaper, log, allocate, onChange })
  const snapshot = (): MeshState => ({ ...addresses, isReady, replicas: replicasOf(supervisor) })

  function onChange(action: string, id: string): void {
    // A replica that has just started is not healthy yet, and Traefik looks at healthy ones only.
    if (action !== 'start') docker.emit(action, id)
    if (!isStopping) writeState(stateDir, snapshot())
  }

  async function stop(): Promise<void> {
    if (isStopping) return stopped.promise
    isStopping = true
    await supervisor.stop()
    await docker.stop()
    reaper.stop()
    rmSync(stateFile(stateDir), { force: true })
    if (dirname(socket) !== stateDir) rmSync(dirname(socket), { recursive: true, force: true })
    stopped.resolve()
  }

  const commands = createCommands(supervisor, stop)
  const docker = serveDockerApi({ socket, project, containers: supervisor.views, commands })
  try {
    writeState(stateDir, snapshot())
    await supervisor.start()
    if (existsSync(join(stateDir, 'traefik.yml'))) await whenRouted(addresses.traefikApi, supervisor.views, log)
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

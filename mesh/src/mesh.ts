import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findBinaries, imageName } from './binaries.ts'
import { buildStorefront, bundleServices } from './build.ts'
import { parseCompose, type Service } from './compose.ts'
import { type Commands, serveDockerApi, socketOf } from './docker-api.ts'
import type { StartArguments } from './options.ts'
import { createPorts, requireFree } from './ports.ts'
import type { ProgramContext } from './programs.ts'
import { createReaper } from './reaper.ts'
import { untilRouted } from './routed.ts'
import { refuseSecondMesh, stateFile, stateOf, writeState } from './state.ts'
import { createSupervisor } from './supervisor.ts'

const ROOT = resolve(import.meta.dir, '../..')

/** Port 0 takes a free one. */
export interface StartOptions extends Partial<StartArguments> {
  /** Where data, logs and `state.json` go. */
  stateDir: string
  /** The manifest's folder; the repository unless a test brings its own. */
  root?: string
  log?: (line: string) => void
}

/** The services to run. Stores given by URL are used instead of started. */
function readManifest(root: string, variables: NodeJS.Dict<string>, scale: Record<string, number>) {
  const leftOut = [...(variables.MONGO_URL ? ['mongo', 'mongo-init'] : []), ...(variables.REDIS_URL ? ['redis'] : [])]
  const manifest = parseCompose(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), variables, leftOut)
  for (const service of manifest.services) service.replicas = scale[service.name] ?? service.replicas
  return manifest
}

/** Ports are found when they are first asked for; the published one of Traefik is what the person chose. */
function portsOf(services: Service[], edgePort: number, portFor: (key: string) => number): ProgramContext['portOf'] {
  return (name, index, port) => {
    const service = services.find((candidate) => candidate.name === name)
    if (!service?.containerPorts.includes(port)) return 0
    const isEdge = imageName(service.image) === 'traefik' && service.publishedPorts.includes(port)
    return isEdge ? edgePort : portFor(`${name}.${index}:${port}`)
  }
}

async function prepare(options: StartOptions) {
  const { root = ROOT, host = '127.0.0.1', scale = {}, log = () => undefined } = options
  const stateDir = resolve(options.stateDir)
  refuseSecondMesh(stateDir)
  if (options.fresh) rmSync(join(stateDir, 'data'), { recursive: true, force: true })
  for (const folder of ['', 'data', 'logs']) mkdirSync(join(stateDir, folder), { recursive: true, mode: 0o700 })
  chmodSync(stateDir, 0o700)
  rmSync(stateFile(stateDir), { force: true })

  const portFor = createPorts(stateDir)
  const edgePort = (options.port ?? 8080) || portFor('edge')
  requireFree(edgePort, host)
  const seeding = options.seed === false ? { SEED_DEMO: 'false' } : {}
  const variables: NodeJS.Dict<string> = { ...process.env, ...seeding, PORT: String(edgePort) }
  const { name: project, services } = readManifest(root, variables, scale)
  const portOf = portsOf(services, edgePort, portFor)
  const programs = findBinaries(services, join(ROOT, '.mesh/bin'), log)
  const [binaries, bundle] = await Promise.all([programs, bundleServices(root, log), buildStorefront(root, log)])
  const addresses = { edge: `http://localhost:${edgePort}`, dockerSocket: socketOf(stateDir) }
  const context: ProgramContext = { root, bundle, stateDir, binaries, services, portOf, host, ...addresses }
  return { context, project, log, variables }
}

/** Runs the manifest without Docker; resolves when every service is healthy and routed. */
export async function startMesh(options: StartOptions) {
  const { context, project, log, variables } = await prepare(options)
  const { stateDir, dockerSocket: socket } = context
  const reaper = createReaper()
  const stopped = Promise.withResolvers<void>()
  let isReady = false
  let isStopping = false
  const whenRouted = () => untilRouted(snapshot().traefikApi, supervisor.views, log)
  const supervisor = createSupervisor({ ...context, reaper, log, onChange }, whenRouted)
  const snapshot = () => stateOf(context, variables, isReady, supervisor.views())

  function onChange(action: string): void {
    // A replica that has just started is not healthy yet, and Traefik looks at healthy ones only.
    if (action !== 'start') docker.emit(action)
    if (!isStopping) writeState(stateDir, snapshot())
  }

  /** Ends every process; resolves when none is left. */
  async function stop(): Promise<void> {
    if (isStopping) return stopped.promise
    isStopping = true
    await supervisor.stop()
    await docker.stop()
    reaper.stop()
    rmSync(stateFile(stateDir), { force: true })
    stopped.resolve()
  }

  const commands: Commands = {
    kill: ({ name = '', signal = 'SIGKILL' }) => supervisor.find(name).map((replica) => replica.signal(signal)),
    scale: ({ name = '', count = 1 }) => supervisor.scale(name, count),
    restart: ({ name = '' }) => supervisor.restart(name),
    // Answered first: the socket the answer takes goes down with the mesh.
    stop: () => void setTimeout(stop, 20),
  }
  const docker = serveDockerApi(socket, project, supervisor.views, commands)
  try {
    writeState(stateDir, snapshot())
    await Promise.race([supervisor.start(), stopped.promise])
    if (isStopping) throw new Error('The mesh was stopped before it was ready.')
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
    /** Resolves when it was asked to stop, by `stop()` or by `npm run mesh -- stop`. */
    stopped: stopped.promise,
  }
}
export type Mesh = Awaited<ReturnType<typeof startMesh>>

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** What Traefik's Docker provider may know of a replica. Never its environment. */
export interface ContainerView {
  id: string
  service: string
  index: number
  startedAt: Date
  isHealthy: boolean
  labels: Record<string, string>
  /** Where the port named by the `loadbalancer.server.port` label really is. */
  portOf: (containerPort: number) => number
}

/** Bun ends a connection that is quiet for 10 s; white space between events means nothing to the reader. */
const HEARTBEAT_MS = 4000
/** While many become healthy at once, Traefik need not read its configuration anew for each. */
const GOOD_NEWS_MS = 150
const LONGEST_SOCKET_PATH = 100
const PORT_LABEL = /\.loadbalancer\.server\.port$/

/** In the state folder when its path is short enough for a unix socket, else in a private temporary folder. */
export function socketFor(stateDir: string): string {
  const inside = join(stateDir, 'docker.sock')
  if (inside.length <= LONGEST_SOCKET_PATH) return inside
  return join(tmpdir(), `vitrine-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}`, 'docker.sock')
}

/** A replica as `/containers/{id}/json` shows it, with its ports where they really are. */
function containerOf({ id, service, index, startedAt, isHealthy, labels, portOf }: ContainerView, project: string) {
  const network = `${project}_default`
  const real = (name: string, value: string) => (PORT_LABEL.test(name) ? String(portOf(Number(value))) : value)
  return {
    Id: id,
    Name: `/${project}-${service}-${index}`,
    Created: startedAt.toISOString(),
    State: {
      Status: 'running',
      Running: true,
      StartedAt: startedAt.toISOString(),
      Health: { Status: isHealthy ? 'healthy' : 'unhealthy' },
    },
    Config: {
      Labels: {
        ...Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, real(name, value)])),
        'com.docker.compose.project': project,
        'com.docker.compose.service': service,
      },
    },
    HostConfig: { NetworkMode: network },
    NetworkSettings: { Ports: {}, Networks: { [network]: { NetworkID: network, IPAddress: '127.0.0.1' } } },
  }
}

/** Text sent to every open `/events` stream. */
function createBroadcast() {
  const listeners = new Set<ReadableStreamDefaultController<string>>()
  const heartbeat = setInterval(() => send('\n'), HEARTBEAT_MS)
  function send(text: string): void {
    for (const listener of listeners)
      try {
        listener.enqueue(text)
      } catch {
        listeners.delete(listener)
      }
  }
  function open(): ReadableStream<string> {
    let own: ReadableStreamDefaultController<string>
    return new ReadableStream<string>({
      start(controller) {
        own = controller
        listeners.add(own)
      },
      cancel: () => void listeners.delete(own),
    })
  }
  return { send, open, stop: () => clearInterval(heartbeat) }
}

export interface DockerApiOptions {
  socket: string
  project: string
  containers: () => ContainerView[]
  /** The mesh's own commands, under `/mesh/`. */
  commands: Record<string, (body: unknown) => unknown>
}

/** Serves the part of the Docker Engine API that Traefik's provider calls, on a unix socket only its owner may open. */
export function serveDockerApi({ socket, project, containers, commands }: DockerApiOptions) {
  const events = createBroadcast()

  async function obey(request: Request, name: string): Promise<Response> {
    try {
      await commands[name]?.(await request.json())
      return new Response()
    } catch (error) {
      return new Response(error instanceof Error ? error.message : String(error), { status: 400 })
    }
  }

  function answer(request: Request): Response | Promise<Response> {
    const path = new URL(request.url).pathname.replace(/^\/v1\.\d+/, '')
    const [, area, name = ''] = path.split('/')
    if (path === '/_ping') return new Response('OK', { headers: { 'api-version': '1.44', ostype: 'linux' } })
    if (path === '/version')
      return Response.json({ Version: '25.0.0', ApiVersion: '1.44', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' })
    if (path === '/containers/json')
      return Response.json(
        containers().map(({ id, service }) => ({ Id: id, Names: [`/${service}`], State: 'running' })),
      )
    if (path === '/events') return new Response(events.open(), { headers: { 'content-type': 'application/json' } })
    const found = area === 'containers' && containers().find(({ id }) => id === name)
    if (found) return Response.json(containerOf(found, project))
    if (area === 'mesh' && commands[name]) return obey(request, name)
    return Response.json({ message: `no such object: ${path}` }, { status: 404 })
  }

  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 })
  rmSync(socket, { force: true })
  const before = process.umask(0o177)
  const server = Bun.serve({ unix: socket, fetch: answer })
  process.umask(before)
  chmodSync(socket, 0o600)

  let isAnnouncing = false
  function announce(action: string, id: string): void {
    isAnnouncing = false
    const time = Math.floor(Date.now() / 1000)
    const event = { Type: 'container', Action: action, status: action, id, Actor: { ID: id, Attributes: {} }, time }
    events.send(`${JSON.stringify(event)}\n`)
  }

  return {
    /** Tells Traefik that a container changed, so that it lists all of them again; good news may wait for more. */
    emit(action: string, id: string) {
      if (action !== 'health_status: healthy') return announce(action, id)
      if (!isAnnouncing) setTimeout(announce, GOOD_NEWS_MS, action, id)
      isAnnouncing = true
    },
    async stop() {
      events.stop()
      await server.stop(true)
      rmSync(socket, { force: true })
    },
  }
}

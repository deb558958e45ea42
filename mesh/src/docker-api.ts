import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

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
const PORT_LABEL = /\.loadbalancer\.server\.port$/

function labelsOf(view: ContainerView, project: string): Record<string, string> {
  const labels = Object.entries(view.labels).map(([name, value]) => [
    name,
    PORT_LABEL.test(name) ? String(view.portOf(Number(value))) : value,
  ])
  return {
    ...Object.fromEntries(labels),
    'com.docker.compose.project': project,
    'com.docker.compose.service': view.service,
  }
}

function containerOf(view: ContainerView, project: string) {
  const network = `${project}_default`
  return {
    Id: view.id,
    Name: `/${project}-${view.service}-${view.index}`,
    Created: view.startedAt.toISOString(),
    State: {
      Status: 'running',
      Running: true,
      StartedAt: view.startedAt.toISOString(),
      Health: { Status: view.isHealthy ? 'healthy' : 'unhealthy' },
    },
    Config: { Labels: labelsOf(view, project) },
    HostConfig: { NetworkMode: network },
    NetworkSettings: { Ports: {}, Networks: { [network]: { NetworkID: network, IPAddress: '127.0.0.1' } } },
  }
}

function listedOf(view: ContainerView, project: string) {
  const { Id, Name, Config, HostConfig, NetworkSettings } = containerOf(view, project)
  const Status = `Up (${view.isHealthy ? 'healthy' : 'unhealthy'})`
  return {
    Id,
    Names: [Name],
    Labels: Config.Labels,
    State: 'running',
    Status,
    HostConfig,
    NetworkSettings: { Networks: NetworkSettings.Networks },
  }
}

export interface DockerApiOptions {
  socket: string
  project: string
  containers: () => ContainerView[]
  /** Answers the mesh's own commands under `/mesh/`. */
  onCommand: (name: string, body: unknown) => Promise<unknown>
}

/** Serves the part of the Docker Engine API that Traefik's provider calls, on a unix socket only its owner may open. */
export function serveDockerApi({ socket, project, containers, onCommand }: DockerApiOptions) {
  const listeners = new Set<ReadableStreamDefaultController<string>>()

  const eventStream = () => {
    let own: ReadableStreamDefaultController<string> | undefined
    return new ReadableStream<string>({
      start(controller) {
        own = controller
        listeners.add(controller)
      },
      cancel() {
        if (own) listeners.delete(own)
      },
    })
  }

  async function answerCommand(request: Request, name: string): Promise<Response> {
    try {
      return Response.json({ ok: true, data: await onCommand(name, await request.json()) })
    } catch (error) {
      return Response.json(
        { ok: false, message: error instanceof Error ? error.message : String(error) },
        { status: 400 },
      )
    }
  }

  function answer(request: Request): Response | Promise<Response> {
    const path = new URL(request.url).pathname.replace(/^\/v1\.\d+/, '')
    if (path === '/_ping') return new Response('OK', { headers: { 'api-version': '1.44', ostype: 'linux' } })
    if (path === '/version')
      return Response.json({ Version: '25.0.0', ApiVersion: '1.44', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' })
    if (path === '/containers/json') return Response.json(containers().map((view) => listedOf(view, project)))
    if (path === '/events') return new Response(eventStream(), { headers: { 'content-type': 'application/json' } })
    const id = /^\/containers\/([^/]+)\/json$/.exec(path)?.[1]
    const found = containers().find((view) => view.id === id)
    if (found) return Response.json(containerOf(found, project))
    if (path.startsWith('/mesh/') && request.method === 'POST')
      return answerCommand(request, path.slice('/mesh/'.length))
    return Response.json({ message: `no such object: ${path}` }, { status: 404 })
  }

  mkdirSync(dirname(socket), { recursive: true, mode: 0o700 })
  rmSync(socket, { force: true })
  const before = process.umask(0o177)
  const server = Bun.serve({ unix: socket, fetch: answer })
  process.umask(before)
  chmodSync(socket, 0o600)

  function send(text: string): void {
    for (const listener of listeners) {
      try {
        listener.enqueue(text)
      } catch {
        listeners.delete(listener)
      }
    }
  }
  const heartbeat = setInterval(() => send('\n'), HEARTBEAT_MS)

  return {
    /** Tells Traefik that a container changed, so that it lists them again. */
    emit(action: string, id: string) {
      const time = Math.floor(Date.now() / 1000)
      send(
        `${JSON.stringify({ Type: 'container', Action: action, status: action, id, Actor: { ID: id, Attributes: {} }, time })}\n`,
      )
    },
    async stop() {
      clearInterval(heartbeat)
      await server.stop(true)
      rmSync(socket, { force: true })
    },
  }
}
export type DockerApi = ReturnType<typeof serveDockerApi>

import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Order } from './state.ts'
import type { ReplicaView } from './supervisor.ts'

/** Where the socket is: a unix socket's path may have some 100 characters, so it is not below the state's folder. */
export const socketOf = (stateDir: string) =>
  join(tmpdir(), `vitrine-${createHash('sha256').update(stateDir).digest('hex').slice(0, 12)}.sock`)

/** A replica as `/containers/{id}/json` shows it. Never its environment. */
function containerOf({ id, service, index, isHealthy, labels }: ReplicaView, project: string) {
  const network = `${project}_default`
  return {
    Id: id,
    Name: `/${project}-${service}-${index}`,
    State: { Status: 'running', Running: true, Health: { Status: isHealthy ? 'healthy' : 'unhealthy' } },
    Config: {
      Labels: { ...labels, 'com.docker.compose.project': project, 'com.docker.compose.service': service },
    },
    HostConfig: { NetworkMode: network },
    NetworkSettings: { Ports: {}, Networks: { [network]: { NetworkID: network, IPAddress: '127.0.0.1' } } },
  }
}

/** The mesh's own commands, under `/mesh/`. */
export type Commands = Record<string, (order: Order) => unknown>

/** Serves the part of the Docker Engine API that Traefik's provider calls, on a unix socket only its owner may open. */
export function serveDockerApi(socket: string, project: string, containers: () => ReplicaView[], commands: Commands) {
  const events = new EventEmitter()

  function stream(): ReadableStream<string> {
    let send: (action: string) => void
    return new ReadableStream({
      start(controller) {
        send = (Action) => controller.enqueue(`${JSON.stringify({ Type: 'container', Action, Actor: {} })}\n`)
        events.on('event', send)
      },
      cancel: () => void events.off('event', send),
    })
  }

  async function obey(request: Request, command: string): Promise<Response> {
    try {
      await commands[command]?.(await request.json())
      return new Response()
    } catch (error) {
      return new Response(error instanceof Error ? error.message : String(error), { status: 400 })
    }
  }

  const missing = () => Response.json({ message: 'no such object' }, { status: 404 })
  const routes = {
    '/_ping': new Response('OK', { headers: { 'api-version': '1.44', ostype: 'linux' } }),
    '/:api/version': Response.json({ Version: '25.0.0', ApiVersion: '1.44', MinAPIVersion: '1.24', Os: 'linux' }),
    '/:api/containers/json': () =>
      Response.json(containers().map(({ id, service }) => ({ Id: id, Names: [`/${service}`], State: 'running' }))),
    '/:api/containers/:id/json': ({ params }: Bun.BunRequest<'/:api/containers/:id/json'>) => {
      const found = containers().find(({ id }) => id === params.id)
      return found ? Response.json(containerOf(found, project)) : missing()
    },
    '/:api/events': () => new Response(stream(), { headers: { 'content-type': 'application/json' } }),
    '/mesh/:command': (request: Bun.BunRequest<'/mesh/:command'>) => obey(request, request.params.command),
  }

  rmSync(socket, { force: true })
  const before = process.umask(0o177)
  // Without a limit: events are quiet for as long as nothing happens.
  const server = Bun.serve({ unix: socket, routes, fetch: missing, idleTimeout: 0 })
  process.umask(before)

  return {
    /** Tells Traefik that a container changed, so that it lists all of them again. */
    emit: (action: string) => events.emit('event', action),
    async stop() {
      await server.stop(true)
      rmSync(socket, { force: true })
    },
  }
}

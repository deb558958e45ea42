import { API_NAMES } from '@vitrine/contracts/identity'
import { ParkedEvents, ServiceSystem } from '@vitrine/contracts/system'
import { z } from 'zod'
import { api, isApiError } from '#app/server/api.server.ts'
import { env } from '#app/server/env.server.ts'

export const SYSTEM_SERVICES = API_NAMES

/** What Traefik's API says of the servers behind one name; `serverStatus` is there once it has looked. */
const TraefikService = z.object({ name: z.string(), serverStatus: z.record(z.string(), z.string()).optional() })

export interface Replica {
  address: string
  isUp: boolean
}

/** The servers Traefik knows, by service; empty when it does not say. */
async function readReplicas(): Promise<Record<string, Replica[]>> {
  try {
    const reply = await fetch(`${env.TRAEFIK_URL}/api/http/services?per_page=200`, {
      signal: AbortSignal.timeout(2000),
    })
    const services = z.array(TraefikService).parse(await reply.json())
    return Object.fromEntries(
      services
        .filter(({ name }) => name.endsWith('@docker'))
        .map(({ name, serverStatus = {} }) => [
          name.replace('@docker', ''),
          Object.entries(serverStatus).map(([address, state]) => ({ address, isUp: state === 'UP' })),
        ]),
    )
  } catch {
    // The page says that it does not know; the services' own words are what matters.
    return {}
  }
}

async function readService(request: Request, service: string) {
  try {
    const system = await api(request).get(ServiceSystem, `/api/${service}/system`)
    const parked = system.events?.parked
      ? (await api(request).get(ParkedEvents, `/api/${service}/system/parked`)).items
      : []
    return { service, system, parked }
  } catch (error) {
    if (!isApiError(error, 'unavailable')) throw error
    return { service, system: null, parked: [] }
  }
}

/** Every service with its health, queues and replicas. A service that does not answer is there without its numbers. */
export async function readSystem(request: Request) {
  const [replicas, services] = await Promise.all([
    readReplicas(),
    Promise.all(SYSTEM_SERVICES.map((service) => readService(request, service))),
  ])
  return {
    services: services.map((one) => ({ ...one, replicas: replicas[one.service] ?? [] })),
    storefront: replicas.storefront ?? [],
  }
}

export type SystemView = Awaited<ReturnType<typeof readSystem>>

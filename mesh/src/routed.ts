import { z } from 'zod'
import type { ReplicaView } from './supervisor.ts'

const LIMIT_MS = 8000

const Services = z.array(z.object({ serverStatus: z.record(z.string(), z.string()).default({}) }))

/** Ports of the servers Traefik sends requests to. */
async function portsUp(traefikApi: string): Promise<string[]> {
  const reply = await fetch(`${traefikApi}/api/http/services`, { signal: AbortSignal.timeout(1000) })
  const servers = Services.parse(await reply.json()).flatMap(({ serverStatus }) => Object.entries(serverStatus))
  return servers.filter(([, status]) => status === 'UP').map(([url]) => new URL(url).port)
}

/** Resolves when Traefik has every replica with `traefik.enable` among its servers; says so when it takes too long. */
export async function untilRouted(traefikApi: string, replicas: () => ReplicaView[], log: (line: string) => void) {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const up = await portsUp(traefikApi).catch((): string[] => [])
    const missing = replicas().filter(({ labels, port }) => labels['traefik.enable'] && !up.includes(String(port)))
    if (!missing.length) return
    if (Date.now() > deadline)
      return log(`Traefik does not route to ${missing.map(({ service }) => service).join(', ')} yet`)
    await Bun.sleep(50)
  }
}

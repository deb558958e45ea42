import { z } from 'zod'
import type { ContainerView } from './docker-api.ts'

const LIMIT_MS = 8000

const RawData = z.object({
  services: z.record(z.string(), z.object({ serverStatus: z.record(z.string(), z.string()).default({}) })).default({}),
})

/** Ports of the servers Traefik sends requests to. */
async function portsUp(traefikApi: string): Promise<Set<string>> {
  const reply = await fetch(`${traefikApi}/api/rawdata`, { signal: AbortSignal.timeout(1000) })
  const { services } = RawData.parse(await reply.json())
  const servers = Object.values(services).flatMap(({ serverStatus }) => Object.entries(serverStatus))
  return new Set(servers.filter(([, status]) => status === 'UP').map(([url]) => new URL(url).port))
}

/** Resolves when Traefik has every replica with `traefik.enable` among its servers; says so when it takes too long. */
export async function whenRouted(
  traefikApi: string,
  containers: () => ContainerView[],
  log: (line: string) => void,
): Promise<void> {
  const deadline = Date.now() + LIMIT_MS
  for (;;) {
    const up = await portsUp(traefikApi).catch(() => new Set<string>())
    const missing = containers().filter(({ labels, portOf }) => {
      const [, port] = Object.entries(labels).find(([name]) => name.endsWith('.loadbalancer.server.port')) ?? []
      return labels['traefik.enable'] === 'true' && port && !up.has(String(portOf(Number(port))))
    })
    if (!missing.length) return
    if (Date.now() > deadline)
      return log(`Traefik does not route to ${missing.map(({ service }) => service).join(', ')} yet`)
    await Bun.sleep(50)
  }
}

import { connect } from 'node:net'
import type { Service } from './compose.ts'

/** Resolves when the replica is healthy, throws when it is not. */
export type Probe = () => Promise<void>

/** A manifest's timeout allows for starting a process; a probe here starts none. */
const LONGEST_MS = 2000
const URL_IN_TEST = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)(\/[\w./-]*)/

async function httpProbe(url: string, timeoutMs: number): Promise<void> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { connection: 'close' } })
  await reply.body?.cancel()
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
}

/** Connects; with `ask`, sends it and waits for the first bytes of the reply. */
const tcpProbe = (port: number, timeoutMs: number, ask?: string) =>
  new Promise<void>((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = (error?: Error) => {
      socket.destroy()
      error ? fail(error) : done()
    }
    socket.setTimeout(timeoutMs, () => finish(new Error('no answer in time')))
    socket.once('error', finish)
    socket.once('connect', () => (ask ? socket.write(ask) : finish()))
    socket.once('data', (data) => finish(/^\+PONG/.test(data.toString()) ? undefined : new Error('not ready')))
  })

/**
 * The compose health check without a process for each try: a URL in its command is fetched, `redis-cli ping` and
 * Traefik's own check are asked on their ports, anything else counts as healthy when it accepts connections.
 */
export function createProbe(service: Service, portOf: (containerPort: number) => number): Probe {
  const timeoutMs = Math.min(service.healthcheck?.timeoutMs ?? LONGEST_MS, LONGEST_MS)
  const line = service.healthcheck?.test.join(' ') ?? ''
  const found = URL_IN_TEST.exec(line)
  if (found) {
    const url = `http://127.0.0.1:${portOf(Number(found[1]))}${found[2]}`
    return () => httpProbe(url, timeoutMs)
  }
  const ping = /--entryPoints\.\w+\.address=:(\d+)/i.exec(line)
  if (ping) return () => httpProbe(`http://127.0.0.1:${portOf(Number(ping[1]))}/ping`, timeoutMs)
  const [main] = service.containerPorts
  if (main === undefined) return () => Promise.resolve()
  return () => tcpProbe(portOf(main), timeoutMs, line.includes('redis-cli ping') ? 'PING\r\n' : undefined)
}

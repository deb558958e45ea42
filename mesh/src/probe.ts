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

interface Question {
  ask: string | Uint8Array
  expect: RegExp
}

const REDIS: Question = { ask: 'PING\r\n', expect: /^\+PONG/ }
/** The wire protocol's `{ hello: 1, $db: 'admin' }`: before the server is primary, nobody can write. */
const MONGO: Question = {
  ask: Uint8Array.fromHex(
    '340000000100000000000000dd07000000000000001f0000001068656c6c6f00010000000224646200060000' + '0061646d696e0000',
  ),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a boolean true in BSON
  expect: /isWritablePrimary\0\x01/,
}

/** Connects; with a question, sends it and reads the first bytes of the reply. */
const tcpProbe = (port: number, timeoutMs: number, question?: Question) =>
  new Promise<void>((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const finish = (error?: Error) => {
      socket.destroy()
      error ? fail(error) : done()
    }
    socket.setTimeout(timeoutMs, () => finish(new Error('no answer in time')))
    socket.once('error', finish)
    socket.once('connect', () => (question ? socket.write(question.ask) : finish()))
    socket.once('data', (data) =>
      finish(question?.expect.test(data.toString('latin1')) ? undefined : new Error('not ready')),
    )
  })

/**
 * The compose health check without a process for each try: a URL in its command is fetched, `redis-cli ping` and
 * Traefik's own check are asked on their ports, mongod is healthy when it is primary, anything else counts as healthy when it accepts connections.
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
  const question = line.includes('redis-cli ping') ? REDIS : service.image.startsWith('mongo:') ? MONGO : undefined
  return () => tcpProbe(portOf(main), timeoutMs, question)
}

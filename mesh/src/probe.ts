import { connect } from 'node:net'
import type { Service } from './compose.ts'

/** A manifest's timeout allows for starting a process; a probe here starts none. */
const LONGEST_MS = 2000
const URL_IN_TEST = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)(\/[\w./-]*)/
const TRAEFIK_TEST = /--entryPoints\.\w+\.address=:(\d+)/i

interface Question {
  ask: string | Uint8Array
  expect: RegExp
}
const REDIS: Question = { ask: 'PING\r\n', expect: /^\+PONG/ }
/** The wire protocol's `{ hello: 1, $db: 'admin' }`: before the server is primary, nobody can write. */
const MONGO: Question = {
  ask: Uint8Array.fromHex(
    '340000000100000000000000dd07000000000000001f0000001068656c6c6f0001000000022464620006000000' + '61646d696e0000',
  ),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a boolean true in BSON
  expect: /isWritablePrimary\0\x01/,
}

async function httpProbe(url: string, timeoutMs: number): Promise<void> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { connection: 'close' } })
  await reply.body?.cancel()
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
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
    socket.once('data', (data) => {
      const isRight = question?.expect.test(data.toString('latin1'))
      finish(isRight ? undefined : new Error('it answers, but is not ready'))
    })
  })

/**
 * The compose health check without a process for each try, as a function that throws when the replica is unhealthy: a
 * URL in its command is fetched, `redis-cli ping` and Traefik's own check are asked on their ports, mongod is healthy
 * when it is primary, anything else when it accepts connections.
 */
export function createProbe(service: Service, portOf: (containerPort: number) => number): () => Promise<void> {
  const timeoutMs = Math.min(service.healthcheck?.timeoutMs ?? LONGEST_MS, LONGEST_MS)
  const line = service.healthcheck?.test.join(' ') ?? ''
  const [, port, path = '/ping'] = URL_IN_TEST.exec(line) ?? TRAEFIK_TEST.exec(line) ?? []
  if (port) return () => httpProbe(`http://127.0.0.1:${portOf(Number(port))}${path}`, timeoutMs)
  const [main] = service.containerPorts
  if (main === undefined) return () => Promise.resolve()
  const question = line.includes('redis-cli ping') ? REDIS : service.image.startsWith('mongo:') ? MONGO : undefined
  return () => tcpProbe(portOf(main), timeoutMs, question)
}

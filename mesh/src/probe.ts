import { once } from 'node:events'
import { connect } from 'node:net'
import { imageName } from './binaries.ts'
import type { Service } from './compose.ts'

/** A manifest's timeout allows for starting a process; a probe here starts none. */
const LONGEST_MS = 2000
const URL_IN_TEST = /http:\/\/127\.0\.0\.1:(\d+)(\/[\w./-]*)/
const TRAEFIK_TEST = /--entryPoints\.\w+\.address=:(\d+)/

/** What a store is asked, and what it answers when it is ready. */
const QUESTIONS: Record<string, { ask: string | Uint8Array; expect: RegExp }> = {
  redis: { ask: 'PING\r\n', expect: /^\+PONG/ },
  // The wire protocol's `{ hello: 1, $db: 'admin' }`: before the server is primary, nobody can write.
  mongo: {
    ask: Uint8Array.fromBase64('NAAAAAEAAAAAAAAA3QcAAAAAAAAAHwAAABBoZWxsbwABAAAAAiRkYgAGAAAAYWRtaW4AAA=='),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a boolean true in BSON
    expect: /isWritablePrimary\0\x01/,
  },
}

async function httpProbe(url: string, timeoutMs: number): Promise<void> {
  const reply = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), headers: { connection: 'close' } })
  await reply.body?.cancel()
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
}

/** Connects; with a question for the image, asks it and reads the first bytes of the answer. */
async function tcpProbe(port: number, timeoutMs: number, image: string): Promise<void> {
  const question = QUESTIONS[image]
  const socket = connect({ port, host: '127.0.0.1' })
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    await once(socket, 'connect', { signal })
    if (!question) return
    socket.write(question.ask)
    const [answer] = await once(socket, 'data', { signal })
    if (!question.expect.test(answer.toString('latin1'))) throw new Error('it answers, but is not ready')
  } finally {
    socket.destroy()
  }
}

/**
 * The compose health check without a process for each try, as a function that throws when the replica is unhealthy: a
 * URL in its command is fetched, Traefik's own check is asked on its port, stores are asked whether they are ready,
 * anything else is healthy when it accepts connections.
 */
export function createProbe({ healthcheck, image, containerPorts }: Service, portOf: (port: number) => number) {
  const timeoutMs = Math.min(healthcheck.timeout, LONGEST_MS)
  const line = healthcheck.test.join(' ')
  const [, port, path = '/ping'] = URL_IN_TEST.exec(line) ?? TRAEFIK_TEST.exec(line) ?? []
  if (port) return () => httpProbe(`http://127.0.0.1:${portOf(Number(port))}${path}`, timeoutMs)
  return () => tcpProbe(portOf(containerPorts[0] ?? 0), timeoutMs, imageName(image))
}

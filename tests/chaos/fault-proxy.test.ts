import { afterAll, afterEach, expect, test } from 'bun:test'
import { startFaultProxy, type WireFault } from './fault-proxy.ts'

const WHOLE = 'a'.repeat(64)

let answered = 0
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch() {
    answered += 1
    return new Response(WHOLE)
  },
})
const proxy = await startFaultProxy(() => server.port ?? 0)
afterEach(() => proxy.mend())
afterAll(async () => {
  await proxy.stop()
  await server.stop(true)
})

/** One request on a connection of its own: its text, or how it failed. */
async function ask(path = '/', timeoutMs = 300): Promise<string> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const reply = await fetch(`http://127.0.0.1:${proxy.port}${path}`, { method: 'POST', keepalive: false, signal })
    return await reply.text()
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'broken'
  }
}

test.each<[WireFault, string, number]>([
  [{ kind: 'refuse' }, 'broken', 0],
  [{ kind: 'reset' }, 'broken', 0],
  [{ kind: 'black_hole' }, 'timeout', 0],
  [{ kind: 'reset_after' }, 'broken', 1],
  [{ kind: 'drop_reply' }, 'timeout', 1],
])('a wire with the fault %p gives %s, and the request arrived %p times', async (fault, outcome, arrivals) => {
  const before = answered
  proxy.break(fault)
  expect(await ask()).toBe(outcome)
  expect(answered - before).toBe(arrivals)
  proxy.mend()
  expect(await ask()).toBe(WHOLE)
})

test.each<[WireFault, number]>([
  [{ kind: 'latency', ms: 60 }, 120],
  [{ kind: 'drip', ms: 60 }, 60],
])('a wire with the fault %p is slower by %p ms at least, and whole', async (fault, atLeastMs) => {
  proxy.break(fault)
  const startedAt = performance.now()
  expect(await ask('/', 5000)).toBe(WHOLE)
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(atLeastMs - 5)
})

test('a fault with a match meets only what sends those bytes, as often as it was told', async () => {
  proxy.break({ kind: 'reset', match: '/internal/catalog/', times: 1 })
  expect(await ask('/internal/cart/x')).toBe(WHOLE)
  expect(await ask('/internal/catalog/x')).toBe('broken')
  expect(await ask('/internal/catalog/x')).toBe(WHOLE)
  expect(proxy.hits()).toBe(1)
})

test('a connection that was black-holed stays half-open after the wire is mended', async () => {
  const heard = Promise.withResolvers<string>()
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port: proxy.port,
    socket: { data: () => heard.resolve('heard'), close: () => heard.resolve('closed') },
  })
  const silence = () => Promise.race([heard.promise, Bun.sleep(150).then(() => 'silence')])
  const request = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n'
  proxy.break({ kind: 'black_hole' })
  socket.write(request)
  expect(await silence()).toBe('silence')
  proxy.mend()
  socket.write(request)
  expect(await silence()).toBe('silence')
  socket.end()
})

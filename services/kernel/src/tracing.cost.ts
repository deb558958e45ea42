import { createServiceApp, ok } from './app.ts'
import { systemClock } from './clock.ts'
import { contextOf, runInContext } from './context.ts'
import { silentLog } from './log.ts'
import { startTracing, stopTracing } from './tracing.ts'
import { testCallerVerifier, testIdentityVerifier } from './verifiers.testing.ts'

/** Measures what exporting spans costs a request: rounds with and without in turn, so that a busy machine hits both. */
const REQUESTS = 3000
const ROUNDS = 6

const log = silentLog()
const verifiers = { verifyIdentity: testIdentityVerifier, verifyCaller: testCallerVerifier }
const app = createServiceApp({ name: 'catalog', clock: systemClock, log, ...verifiers, checks: {} }).get(
  '/thing/:id',
  async ({ params }) => ok({ id: params.id, words: Array.from({ length: 200 }, (_, index) => `word ${index}`) }),
)
const collector = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  async fetch(request) {
    await request.arrayBuffer()
    return Response.json({})
  },
})

async function round(): Promise<number> {
  const started = performance.now()
  for (let index = 0; index < REQUESTS; index++) {
    const request = new Request(`http://localhost/thing/${index}`)
    await (await runInContext(contextOf(request.headers), () => app.handle(request))).text()
  }
  return ((performance.now() - started) * 1000) / REQUESTS
}

await round()
const times: { off: number[]; on: number[] } = { off: [], on: [] }
for (let index = 0; index < ROUNDS; index++) {
  times.off.push(await round())
  await startTracing({ service: 'catalog', endpoint: String(collector.url), log })
  times.on.push(await round())
  await stopTracing()
}
const [off, on] = [Math.min(...times.off), Math.min(...times.on)]
console.log(
  `${off.toFixed(1)} µs a request without spans, ${on.toFixed(1)} µs with them: ${(on - off).toFixed(1)} µs more`,
)
await collector.stop(true)

import { createServiceApp, ok } from './app.ts'
import { systemClock } from './clock.ts'
import { contextOf, runInContext } from './context.ts'
import { silentLog } from './log.ts'
import { startTracing, stopTracing, TracingEnv } from './tracing.ts'
import { testCallerVerifier, testIdentityVerifier } from './verifiers.testing.ts'

/**
 * Measures what exporting spans costs a request: processor time of a server, in rounds with and without by turns in one
 * process, so that a busy machine and a warm compiler weigh the same on both. The requests come from a process of their
 * own; what the exporter does after the replies counts too.
 */
const REQUESTS = 3000
const ROUNDS = 11
const ROUTE = '/thing/7'

const log = silentLog()
const verifiers = { verifyIdentity: testIdentityVerifier, verifyCaller: testCallerVerifier }
const app = createServiceApp({ name: 'catalog', clock: systemClock, log, ...verifiers, checks: {} }).get(
  '/thing/:id',
  async ({ params }) => ok({ id: params.id, words: Array.from({ length: 200 }, (_, index) => `word ${index}`) }),
)
const hostname = '127.0.0.1'
const server = Bun.serve({
  hostname,
  port: 0,
  fetch: (request) => runInContext(contextOf(request.headers), () => app.fetch(request)),
})
const CALLER = `
  const one = async () => { for (let i = 0; i < ${REQUESTS / 10}; i++) await (await fetch('${server.url.origin}${ROUTE}')).text() }
  await Promise.all(Array.from({ length: 10 }, one))`

// Beside the server, so that what it takes in is not counted.
const collector = Bun.spawn(
  [
    process.execPath,
    '-e',
    `let bytes = 0
     const server = Bun.serve({ hostname: '${hostname}', port: 0, async fetch(request) {
       if (request.method === 'GET') return new Response(String(bytes))
       bytes += (await request.arrayBuffer()).byteLength
       return Response.json({})
     } })
     console.log(server.url.origin)`,
  ],
  { stdout: 'pipe' },
)
const { value: line } = await collector.stdout.getReader().read()
const endpoint = new TextDecoder().decode(line).trim()

/** Microseconds of this process for each request. */
async function round(isTraced: boolean): Promise<number> {
  if (isTraced) await startTracing('catalog', TracingEnv.parse({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }), log)
  const before = process.cpuUsage()
  const caller = Bun.spawn([process.execPath, '-e', CALLER], { stdout: 'inherit', stderr: 'inherit' })
  if ((await caller.exited) !== 0) throw new Error('The caller failed.')
  await stopTracing()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / REQUESTS
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

await round(false)
await round(true)
const off: number[] = []
const on: number[] = []
const ratios: number[] = []
for (let index = 0; index < ROUNDS; index++) {
  const isFirst = index % 2 === 0
  const [first, second] = [await round(isFirst), await round(!isFirst)]
  const [traced, plain] = isFirst ? [first, second] : [second, first]
  on.push(traced)
  off.push(plain)
  ratios.push(traced / plain)
}
const sent = Number(await (await fetch(endpoint)).text())
if (sent === 0) throw new Error('No span arrived: nothing was measured.')
console.log(
  `${median(off).toFixed(0)} µs a request without spans, ${median(on).toFixed(0)} µs with them; ratio of pairs ${median(ratios).toFixed(3)}`,
)
collector.kill()
await server.stop(true)

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'

// bun services/stripe-sandbox/src/measure.main.ts --confirms 20000 --store memory
const { values } = parseArgs({
  options: {
    confirms: { type: 'string', default: '20000' },
    parallel: { type: 'string', default: '6' },
    store: { type: 'string', default: 'memory' },
    port: { type: 'string', default: '12119' },
  },
})
const total = Number(values.confirms)
const url = `http://127.0.0.1:${values.port}`
const headers = { authorization: 'Bearer sk_test_measure' }
const { MONGO_URL: _mongo, STRIPE_SECRET_KEY: _key, ...env } = process.env
const child = Bun.spawn(
  [process.execPath, `${import.meta.dir}/main.ts`, '--port', values.port, '--store', values.store],
  { stdout: 'ignore', stderr: 'ignore', env: { ...env, LOG_LEVEL: 'silent' } },
)

async function waitUntilReady(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await Bun.sleep(50)
  }
  throw new Error('The sandbox did not start.')
}

async function post(path: string, body: string): Promise<string> {
  const reply = await fetch(`${url}/v1/${path}`, {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    body,
  })
  const text = await reply.text()
  if (!reply.ok) throw new Error(text)
  return text
}

async function megabytes(): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

const at = (sorted: number[], part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)

/** Creates and confirms in one go, as a shop's two calls; only the confirm is timed. */
async function worker(counter: { left: number }, times: number[]): Promise<void> {
  while (counter.left-- > 0) {
    const { id } = JSON.parse(await post('payment_intents', 'amount=1999&currency=eur'))
    const startedAt = performance.now()
    await post(`payment_intents/${id}/confirm`, 'payment_method=pm_card_visa')
    times.push(performance.now() - startedAt)
  }
}

try {
  await waitUntilReady()
  await worker({ left: 500 }, [])
  const step = Math.max(1000, Math.floor(total / 10))
  for (let done = 0; done < total; done += step) {
    const times: number[] = []
    const counter = { left: Math.min(step, total - done) }
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: Number(values.parallel) }, () => worker(counter, times)))
    const seconds = (performance.now() - startedAt) / 1000
    const sorted = times.sort((a, b) => a - b)
    const rate = Math.round(times.length / seconds)
    console.log(
      `${done + times.length} confirms: ${rate}/s with their creations, p50 ${at(sorted, 0.5)} ms, p95 ${at(sorted, 0.95)} ms, ${await megabytes()} MB`,
    )
  }
} finally {
  child.kill()
  await child.exited
}

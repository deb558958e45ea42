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

/** Processor time the sandbox has used, in milliseconds: what neighbours on the machine hardly change. */
async function processorTime(): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10
}

const at = (sorted: number[], part: number) => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)

/** Sends one request for each of `bodies`, so many at once; answers the replies and what it took. */
async function phase(requests: { path: string; body: string }[]) {
  const queue = [...requests]
  const times: number[] = []
  const ids: string[] = []
  const [startedAt, before] = [performance.now(), await processorTime()]
  const worker = async () => {
    for (let request = queue.shift(); request; request = queue.shift()) {
      const sentAt = performance.now()
      ids.push(JSON.parse(await post(request.path, request.body)).id)
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: Number(values.parallel) }, worker))
  const rate = Math.round((times.length * 1000) / (performance.now() - startedAt))
  const cpu = ((await processorTime()) - before) / times.length
  const sorted = times.sort((a, b) => a - b)
  return { ids, report: `${rate}/s, p50 ${at(sorted, 0.5)}, p95 ${at(sorted, 0.95)}, cpu ${cpu.toFixed(2)} ms` }
}

async function step(count: number): Promise<string> {
  const created = await phase(
    Array.from({ length: count }, () => ({ path: 'payment_intents', body: 'amount=1999&currency=eur' })),
  )
  const confirmed = await phase(
    created.ids.map((id) => ({ path: `payment_intents/${id}/confirm`, body: 'payment_method=pm_card_visa' })),
  )
  return `created ${created.report} · confirmed ${confirmed.report}`
}

try {
  await waitUntilReady()
  await step(500)
  const each = Math.max(1000, Math.floor(total / 10))
  for (let done = 0; done < total; done += each) {
    const count = Math.min(each, total - done)
    console.log(`${done + count}: ${await step(count)} · ${await megabytes()} MB`)
  }
} finally {
  child.kill()
  await child.exited
}

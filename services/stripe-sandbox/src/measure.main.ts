import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

// bun services/stripe-sandbox/src/measure.main.ts --confirms 100000
const LIMITS = { perSecond: 500, p95Ms: 20, growthPercent: 10 }
const { values } = parseArgs({
  options: {
    confirms: { type: 'string', default: '100000' },
    parallel: { type: 'string', default: '6' },
    /** Seconds of confirms that come at a fixed rate, whether or not the earlier ones are answered. */
    seconds: { type: 'string', default: '10' },
    /** Without one, a file of its own that is removed at the end. */
    store: { type: 'string' },
    port: { type: 'string', default: '12119' },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'measure-'))
const store = values.store ?? join(folder, 'sandbox.sqlite')
const url = `http://127.0.0.1:${values.port}/v1/payment_intents`
const { MONGO_URL: _mongo, STRIPE_SECRET_KEY: _key, ...env } = process.env
const child = Bun.spawn([process.execPath, `${import.meta.dir}/main.ts`, '--port', values.port, '--store', store], {
  stdout: 'ignore',
  stderr: 'ignore',
  env: { ...env, LOG_LEVEL: 'silent' },
})

async function waitUntilReady(): Promise<void> {
  const ready = () => fetch(`http://127.0.0.1:${values.port}/readyz`)
  for (let tries = 0; tries < 200; tries++) {
    const reply = await ready().catch(() => null)
    if (reply?.ok) return
    await Bun.sleep(50)
  }
  throw new Error('The sandbox did not start.')
}

const run = crypto.randomUUID()
let sent = 0
async function post(path: string, body: string): Promise<string> {
  sent += 1
  const headers = {
    authorization: 'Bearer sk_test_measure',
    'content-type': 'application/x-www-form-urlencoded',
    'idempotency-key': `${run}-${sent}`,
  }
  const reply = await fetch(url + path, { method: 'POST', headers, body })
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

/** Works through `items` in order, so many at once. */
async function inParallel(items: readonly string[], work: (item: string) => Promise<void>) {
  const next = items.values()
  const worker = async () => {
    for (const item of next) await work(item)
  }
  await Promise.all(Array.from({ length: Number(values.parallel) }, worker))
}

async function created(count: number): Promise<string[]> {
  const ids: string[] = []
  await inParallel(Array.from({ length: count }, String), async () => {
    const id = /pi_\w+/.exec(await post('', 'amount=1999&currency=eur'))?.[0]
    if (id) ids.push(id)
  })
  return ids
}

const confirm = (id: string) => post(`/${id}/confirm`, 'payment_method=pm_card_visa')

interface Measured {
  times: number[]
  perSecond: number
  processorMs: number
}

async function measured(work: (times: number[]) => Promise<void>): Promise<Measured> {
  const times: number[] = []
  const [startedAt, before] = [performance.now(), await processorTime()]
  await work(times)
  const perSecond = Math.round((times.length * 1000) / (performance.now() - startedAt))
  return { times, perSecond, processorMs: ((await processorTime()) - before) / times.length }
}

/** As many confirms as it takes: each of the callers waits for its answer before the next. */
const asFastAsItGoes = (ids: readonly string[]) =>
  measured((times) =>
    inParallel(ids, async (id) => {
      const at = performance.now()
      await confirm(id)
      times.push(performance.now() - at)
    }),
  )

/** At the rate of the limit, timed from when each was to be sent: one slow answer delays nobody else's question. */
const atFixedRate = (ids: readonly string[]) =>
  measured(async (times) => {
    const start = performance.now()
    const due = (index: number) => start + (index * 1000) / LIMITS.perSecond
    const pending: Promise<void>[] = []
    while (pending.length < ids.length) {
      for (let index = pending.length; index < ids.length && due(index) <= performance.now(); index++) {
        pending.push(confirm(ids[index] ?? '').then(() => void times.push(performance.now() - due(index))))
      }
      await Bun.sleep(1)
    }
    await Promise.all(pending)
  })

function percentiles(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  return [0.5, 0.95, 0.99].map((part) => `p${part * 100} ${at(sorted, part).toFixed(1)} ms`).join(', ')
}
const at = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)] ?? 0
const p95 = (times: number[]) =>
  at(
    times.toSorted((a, b) => a - b),
    0.95,
  )

/** Confirms in tenths; memory counts from the end of the first, when everything has been used. */
async function longRun(total: number) {
  const each = Math.ceil(total / 10)
  const memory: number[] = []
  const parts: Measured[] = []
  for (let done = each; done <= total; done += each) {
    const part = await asFastAsItGoes(await created(each))
    parts.push(part)
    memory.push(await megabytes())
    const { perSecond, processorMs, times } = part
    console.log(
      `${done}: ${perSecond}/s, ${percentiles(times)}, ${processorMs.toFixed(2)} ms processor, ${memory.at(-1)} MB`,
    )
  }
  const mean = (pick: (part: Measured) => number) => parts.reduce((sum, part) => sum + pick(part), 0) / parts.length
  const [first = 0, last = 0] = [memory[0], memory.at(-1)]
  return {
    perSecond: Math.round(mean((part) => part.perSecond)),
    processorMs: mean((part) => part.processorMs),
    first,
    last,
  }
}

try {
  await waitUntilReady()
  await asFastAsItGoes(await created(1000))
  const { perSecond, processorMs, first, last } = await longRun(Number(values.confirms))
  const steady = await atFixedRate(await created(Number(values.seconds) * LIMITS.perSecond))
  console.log(
    `${perSecond} confirms/s · at ${LIMITS.perSecond}/s ${percentiles(steady.times)} · ${processorMs.toFixed(2)} ms processor each · memory ${first} to ${last} MB`,
  )
  const missed = [
    ...(perSecond < LIMITS.perSecond ? [`fewer than ${LIMITS.perSecond} confirms/s`] : []),
    ...(p95(steady.times) > LIMITS.p95Ms ? [`p95 above ${LIMITS.p95Ms} ms`] : []),
    ...(last > first * (1 + LIMITS.growthPercent / 100) ? [`memory grew by more than ${LIMITS.growthPercent} %`] : []),
  ]
  if (missed.length > 0) console.error(`Missed: ${missed.join(', ')}.`)
  process.exitCode = missed.length > 0 ? 1 : 0
} finally {
  child.kill()
  await child.exited
  await rm(folder, { recursive: true })
}

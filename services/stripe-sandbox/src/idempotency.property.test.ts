import { afterAll, beforeAll, expect, test } from 'bun:test'
import fc from 'fast-check'
import { startTestSandbox, type TestSandbox, testMongoStorage } from './sandbox.testing.ts'

const DAY = 24 * 3600
const sandboxes: TestSandbox[] = []
beforeAll(async () => {
  sandboxes.push(await startTestSandbox(), await startTestSandbox(await testMongoStorage()))
}, 60_000)
afterAll(() => Promise.all(sandboxes.map((sandbox) => sandbox.stop())))

interface Reply {
  status: number
  text: string
  isReplayed: boolean
}

/** What a request may ask for: a creation, one that is declined, one that breaks after the work, one that is invalid. */
const BODIES = {
  good: 'amount=1999&currency=eur',
  other: 'amount=2999&currency=eur',
  declined: 'amount=1999&currency=eur&confirm=true&payment_method=pm_card_chargeDeclined',
  broken: 'amount=4999&currency=eur',
  invalid: 'amount=abc&currency=eur',
} as const
type Body = keyof typeof BODIES
const STATUS: Record<Body, number> = { good: 200, other: 200, declined: 402, broken: 500, invalid: 400 }

type Step = { kind: 'post'; key: string; body: Body } | { kind: 'clock'; seconds: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('post' as const),
      key: fc.constantFrom('a', 'b', 'c'),
      body: fc.constantFrom<Body>('good', 'other', 'declined', 'broken', 'invalid'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), seconds: fc.constantFrom(3600, DAY / 2, DAY + 60) }),
  },
)

async function post(sandbox: TestSandbox, key: string, body: string): Promise<Reply> {
  const reply = await fetch(`${sandbox.url}/v1/payment_intents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.secret}`, 'idempotency-key': key },
    body,
  })
  return {
    status: reply.status,
    text: await reply.text(),
    isReplayed: reply.headers.get('idempotent-replayed') === 'true',
  }
}

const countOf = async (sandbox: TestSandbox, run: string) => {
  const { data } = await sandbox.stripe.paymentIntents.list({ limit: 100 })
  return data.filter(({ metadata }) => metadata.run === run).length
}

interface Known {
  body: Body
  reply: Reply
  at: number
}

/** The model: what the first answer under each key was, and when it is forgotten. */
async function follow(sandbox: TestSandbox, run: string, steps: readonly Step[]) {
  const known = new Map<string, Known>()
  let now = 0
  let created = 0
  for (const current of steps) {
    if (current.kind === 'clock') {
      now += current.seconds
      await sandbox.control('clock', { advanceSeconds: current.seconds })
      continue
    }
    const { key, body } = current
    const before = known.get(key)
    const kept = before && now - before.at < DAY ? before : undefined
    if (body === 'broken' && !kept)
      await sandbox.control('faults', { path: '/v1/payment_intents', status: 500, phase: 'after' })
    const reply = await post(sandbox, `${run}-${key}`, `${BODIES[body]}&metadata[run]=${run}`)
    if (kept && kept.body === body) {
      expect(reply).toEqual({ ...kept.reply, isReplayed: true })
    } else if (kept) {
      expect(reply).toMatchObject({ status: 400, isReplayed: false })
      expect(JSON.parse(reply.text).error.type).toBe('idempotency_error')
    } else {
      expect(reply).toMatchObject({ status: STATUS[body], isReplayed: false })
      if (body === 'invalid') continue
      known.set(key, { body, reply, at: now })
      created += 1
    }
  }
  expect(await countOf(sandbox, run)).toBe(created)
}

test.each([
  ['an embedded store', 0],
  ['MongoDB', 1],
])(
  'keys behave as the model says, on %s',
  async (_store, index) => {
    const sandbox = sandboxes[index]
    if (!sandbox) throw new Error('The sandbox did not start.')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) =>
        follow(sandbox, crypto.randomUUID(), steps),
      ),
      { numRuns: index === 0 ? 40 : 12, endOnFailure: true },
    )
  },
  90_000,
)

test('of two requests with one key at once, one works and the other is told to wait or gets the same answer', async () => {
  for (const sandbox of sandboxes) {
    const body = 'amount=700&currency=eur&metadata[run]=race'
    const replies = await Promise.all(Array.from({ length: 8 }, () => post(sandbox, 'race', body)))
    const busy = replies.filter(({ status }) => status === 409)
    const done = replies.filter(({ status }) => status === 200)
    expect(busy.length + done.length).toBe(8)
    expect(new Set(done.map(({ text }) => text)).size).toBe(1)
    for (const { text } of busy) expect(JSON.parse(text).error.code).toBe('idempotency_key_in_use')
    expect(await countOf(sandbox, 'race')).toBe(1)
  }
})

test('a key has at most 255 characters and counts for its account alone', async () => {
  for (const sandbox of sandboxes) {
    const body = 'amount=700&currency=eur'
    expect((await post(sandbox, 'k'.repeat(255), body)).status).toBe(200)
    expect((await post(sandbox, 'k'.repeat(256), body)).status).toBe(400)
    const [mine, other] = [
      await sandbox.raw('POST', '/v1/customers', '', { 'idempotency-key': 'same' }),
      sandbox.as('sk_test_somebodyelse'),
    ]
    const theirs = await other.customers.create({}, { idempotencyKey: 'same' })
    expect(theirs.id).not.toBe(mine.body.id)
  }
})

test('reading and deleting ignore the key, and the order of parameters does not matter', async () => {
  for (const sandbox of sandboxes) {
    const first = await post(sandbox, 'order', 'amount=700&currency=eur')
    const second = await post(sandbox, 'order', 'currency=eur&amount=700')
    expect(second).toEqual({ ...first, isReplayed: true })
    const read = await sandbox.raw('GET', '/v1/payment_intents?limit=1', '', { 'idempotency-key': 'order' })
    expect(read.status).toBe(200)
  }
})

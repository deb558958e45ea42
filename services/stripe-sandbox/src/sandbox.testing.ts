import { systemClock } from '@vitrine/kernel/clock'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo } from '@vitrine/kernel/mongo'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import Stripe from 'stripe'
import { publishableKeyOf, randomLetters } from './keys.ts'
import { startSandbox } from './sandbox.ts'
import { mongoStorage } from './storage.mongo.ts'
import { sqliteStorage } from './storage.sqlite.ts'
import type { OpenStorage } from './storage.ts'

const clientFor = (url: string, secret: string) => {
  const { hostname, port } = new URL(url)
  return new Stripe(secret, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, timeout: 5000 })
}

/** A sandbox of its own on a free port, an account of its own, and the official SDK pointed at it. */
export async function startTestSandbox(openStorage: OpenStorage = sqliteStorage(':memory:')) {
  const sandbox = await startSandbox({
    openStorage,
    clock: systemClock,
    log: silentLog(),
    port: 0,
    publicUrl: 'http://localhost:8080',
  })
  const secret = `sk_test_${randomLetters(24)}`

  async function control(name: string, body: object = {}) {
    const reply = await fetch(`${sandbox.url}/_control/${name}`, { method: 'POST', body: JSON.stringify(body) })
    if (!reply.ok) throw new Error(`control ${name}: ${await reply.text()}`)
    return reply.json()
  }

  return {
    ...sandbox,
    secret,
    publishable: publishableKeyOf(secret),
    stripe: clientFor(sandbox.url, secret),
    as: (key: string) => clientFor(sandbox.url, key),
    control,
    /** One call without the SDK, which would not let a wrong one through. */
    async raw(method: string, path: string, body = '', headers: Record<string, string> = {}) {
      const reply = await fetch(sandbox.url + path, {
        method,
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/x-www-form-urlencoded', ...headers },
        ...(method === 'GET' ? {} : { body }),
      })
      return { status: reply.status, headers: reply.headers, body: await reply.json() }
    },
  }
}

export type TestSandbox = Awaited<ReturnType<typeof startTestSandbox>>

/** The same in a database of its own on the test MongoDB. */
export async function testMongoStorage(): Promise<OpenStorage> {
  const mongo = await startTestMongo()
  return mongoStorage(await connectMongo(mongo.url, `sandbox_${randomLetters(8)}`, silentLog()))
}

/** What the SDK threw; fails when it did not throw. */
export async function failureOf(work: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  )
  if (error instanceof Stripe.errors.StripeError) return error
  throw new Error('Expected a Stripe error.', { cause: error })
}

/** Waits for something that happens by itself; the deadline is the test's failure. */
export async function eventually<T>(what: string, attempt: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const value = await attempt()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`It did not happen: ${what}.`)
    await Bun.sleep(20)
  }
}

/** Typed-in card data as the official SDK sends it. */
export const typedCard = (
  number: string,
  more: Partial<{ exp_month: number; exp_year: number; cvc: string }> = {},
) => ({
  type: 'card' as const,
  card: { number, exp_month: 12, exp_year: 2034, cvc: /^3[47]/.test(number) ? '1234' : '123', ...more },
})

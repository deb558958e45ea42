import { afterEach, expect, test } from 'bun:test'
import { createServiceApp, ok } from './app.ts'
import { systemClock } from './clock.ts'
import { canBeSwitched, followSwitches } from './fault.switches.ts'
import { silentLog } from './log.ts'
import { connectRedis } from './redis.ts'
import { startTestRedis } from './stores.testing.ts'
import { testCallerVerifier, testIdentityVerifier } from './verifiers.testing.ts'

let shown: object[] = []
const sandbox = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => Response.json({ switches: shown }) })
const env = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://localhost:8080',
  SWITCHES_URL: `http://127.0.0.1:${sandbox.port}`,
  REAL_PAYMENTS: false,
} as const

const app = createServiceApp({
  name: 'catalog',
  clock: systemClock,
  log: silentLog(),
  verifyIdentity: testIdentityVerifier,
  verifyCaller: testCallerVerifier,
  checks: {},
}).get('/api/catalog/thing', () => ok('here'))
const statusOf = async (path: string) => (await app.handle(new Request(`http://localhost${path}`))).status
const until = async (condition: () => Promise<boolean>) => {
  while (!(await condition())) await Bun.sleep(10)
}
const soon = (ms: number) => new Date(Date.now() + ms).toISOString()

let stop = () => {}
afterEach(() => {
  shown = []
  stop()
})

test('a failing service answers unavailable with a time to come back, its probes go on, and it ends by itself', async () => {
  stop = followSwitches(env, 20)
  shown = [{ part: 'catalog', kind: 'failing', until: soon(600) }]
  await until(async () => (await statusOf('/api/catalog/thing')) === 503)
  const reply = await app.handle(new Request('http://localhost/api/catalog/thing'))
  expect(reply.headers.get('retry-after')).toBe('5')
  expect(await statusOf('/readyz')).toBe(200)
  await until(async () => (await statusOf('/api/catalog/thing')) === 200)
})

test('another service, and one that is switched on again, answers', async () => {
  stop = followSwitches(env, 20)
  shown = [{ part: 'catalog', kind: 'failing', until: soon(60_000) }]
  await until(async () => (await statusOf('/api/catalog/thing')) === 503)
  shown = [{ part: 'orders', kind: 'failing', until: soon(60_000) }]
  await until(async () => (await statusOf('/api/catalog/thing')) === 200)
})

test('a failing Redis refuses commands at once and answers again when it is over', async () => {
  const { url } = await startTestRedis()
  const redis = await connectRedis(url, silentLog())
  const answers = () =>
    redis.ping().then(
      () => true,
      () => false,
    )
  expect(await answers()).toBe(true)
  stop = followSwitches(env, 20)
  shown = [{ part: 'redis', kind: 'failing', until: soon(60_000) }]
  await until(async () => !(await answers()))
  shown = []
  await until(answers)
  redis.disconnect()
})

test('nothing can be switched in public, with real payments, or where no sandbox is named', () => {
  expect(canBeSwitched(env)).toBe(true)
  expect(canBeSwitched({ ...env, NODE_ENV: 'production', PUBLIC_URL: 'https://shop.example' })).toBe(false)
  expect(canBeSwitched({ ...env, REAL_PAYMENTS: true })).toBe(false)
  expect(canBeSwitched({ ...env, SWITCHES_URL: undefined })).toBe(false)
})

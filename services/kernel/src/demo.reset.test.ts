import { afterAll, expect, test } from 'bun:test'
import { followDemoReset } from './demo.reset.ts'
import { silentLog } from './log.ts'
import { connectMongo } from './mongo.ts'
import { startTestMongo } from './stores.testing.ts'

let resetAt: string | null = null
const sandbox = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => Response.json({ resetAt }) })
afterAll(() => sandbox.stop(true))
const env = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://localhost:8080',
  SWITCHES_URL: `http://127.0.0.1:${sandbox.port}`,
  REAL_PAYMENTS: false,
  SEED_DEMO: true,
} as const

async function until(condition: () => boolean) {
  while (!condition()) await Bun.sleep(10)
}

test('a reset is carried out by one of two replicas, forgets everything, and both start anew, once', async () => {
  const { url } = await startTestMongo()
  const connection = await connectMongo(url, `reset_${Date.now()}`, silentLog())
  await connection.collection('products').insertOne({ title: 'edited' })
  let wiped = 0
  let restarts = 0
  const replica = () =>
    followDemoReset({
      env,
      log: silentLog(),
      connection,
      everyMs: 10,
      afterwards: async () => void wiped++,
      restart: () => void restarts++,
    })
  const stops = [replica(), replica()]
  resetAt = new Date(Date.now() + 5).toISOString()
  await until(() => restarts === 2)
  const later = replica()
  await Bun.sleep(100)
  expect([wiped, restarts]).toEqual([1, 2])
  expect(await connection.collection('products').countDocuments({})).toBe(0)
  for (const stop of [...stops, later]) stop()
  await connection.close()
})

test.each([
  { ...env, SEED_DEMO: false },
  { ...env, REAL_PAYMENTS: true },
  { ...env, NODE_ENV: 'production' as const, PUBLIC_URL: 'https://shop.example' },
])('a shop that is no demo is never reset', async (other) => {
  resetAt = new Date(Date.now() + 1000).toISOString()
  let restarts = 0
  const stop = followDemoReset({ env: other, log: silentLog(), everyMs: 5, restart: () => void restarts++ })
  await Bun.sleep(50)
  expect(restarts).toBe(0)
  stop()
})

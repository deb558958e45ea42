import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectRedis } from '@vitrine/kernel/redis'
import { startTestRedis } from '@vitrine/kernel/stores.testing'
import type { Redis } from 'ioredis'
import { createAddressLimit } from './address-limit.redis.ts'

let redis: Redis
beforeAll(async () => {
  redis = await connectRedis((await startTestRedis()).url, silentLog())
})
afterAll(() => redis.disconnect())

test('the twenty-first attempt of a minute from one address is refused, others are not', async () => {
  const take = createAddressLimit({ redis, limits: 'strict', log: silentLog() })
  const address = newId('test')
  for (let attempt = 0; attempt < 20; attempt++) await take(address)
  expect(take(address)).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 })
  await take(newId('other'))
  expect(await redis.ttl(`auth:attempts:${address}`)).toBeGreaterThan(50)
})

test('while Redis is away sign-in goes on, and guessing from one address stays limited', async () => {
  const gone = await connectRedis('redis://127.0.0.1:1', silentLog())
  const take = createAddressLimit({ redis: gone, limits: 'strict', log: silentLog() })
  for (let attempt = 0; attempt < 20; attempt++) await take('anywhere')
  expect(take('anywhere')).rejects.toMatchObject({ code: 'rate_limited' })
  await take('elsewhere')
  gone.disconnect()
})

import { expect, test } from 'bun:test'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectRedis } from '@vitrine/kernel/redis'
import { startTestRedis } from '@vitrine/kernel/stores.testing'
import { redisCartRepository } from './cart.redis.ts'
import { emptyCart } from './cart.ts'

test('of ninety-six changes of one cart on three replicas at once none is refused and none is lost', async () => {
  const { url } = await startTestRedis()
  const clients = await Promise.all([1, 2, 3].map(() => connectRedis(url, silentLog())))
  const replicas = clients.map(redisCartRepository)
  const id = newId('crt')
  const changes = Array.from({ length: 96 }, (_, index) =>
    replicas[index % 3]?.update(id, (stored) => {
      const cart = stored ?? emptyCart(id)
      return { cart: { ...cart, version: cart.version + 1 }, result: cart.version + 1 }
    }),
  )
  const versions = await Promise.all(changes)
  expect(new Set(versions).size).toBe(96)
  expect((await replicas[0]?.find(id))?.version).toBe(96)
  for (const client of clients) client.disconnect()
})

test('a change that its rules refuse holds up none of the others', async () => {
  const { url } = await startTestRedis()
  const client = await connectRedis(url, silentLog())
  const carts = redisCartRepository(client)
  const id = newId('crt')
  const refuse = () => {
    throw new Error('refused')
  }
  const outcomes = await Promise.allSettled([
    carts.update(id, refuse),
    carts.update(id, () => ({ cart: emptyCart(id), result: 'saved' })),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  client.disconnect()
})

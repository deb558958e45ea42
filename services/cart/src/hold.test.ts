import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { CartHoldInput } from '@vitrine/contracts/reservations'
import { fixedClock } from '@vitrine/kernel/clock'
import { conflict, unavailable } from '@vitrine/kernel/errors'
import type { ServiceClient } from '@vitrine/kernel/http'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectRedis } from '@vitrine/kernel/redis'
import { startTestRedis } from '@vitrine/kernel/stores.testing'
import { redisCartRepository } from './cart.redis.ts'
import { createCartService } from './cart.service.ts'
import { createCartHolds } from './hold.ts'
import { createNeighbours } from './neighbours.ts'

const clock = fixedClock(new Date('2026-11-21T12:00:00Z'))
const inTenMinutes = '2026-11-21T12:10:00.000Z'
let redis: Awaited<ReturnType<typeof connectRedis>>
beforeAll(async () => {
  redis = await connectRedis((await startTestRedis()).url, silentLog())
}, 30_000)
afterAll(() => redis.disconnect())

/** A cart service whose catalog has `free` of everything and remembers what is held. */
function shop(free = 10) {
  const holds: (CartHoldInput & { cartId: string })[] = []
  const calls: string[] = []
  let isDown = false
  const variant = (sku: string) => ({
    ...{ sku, productId: `prd_${sku}`, slug: sku, title: sku, options: {}, picture: null, isSellable: true },
    price: { amount: 100, currency: 'EUR' },
    available: 99,
  })
  const client: ServiceClient = {
    async call(schema, { path, body }) {
      calls.push(path)
      const { pathname, searchParams } = new URL(path, 'http://mesh')
      if (pathname.endsWith('/variants')) {
        const skus = searchParams.get('skus')?.split(',') ?? []
        return schema.parse({ items: skus.map(variant), missing: [] })
      }
      if (isDown) throw unavailable('catalog')
      // Bodies come from the code under test.
      const input = body as CartHoldInput
      const strict = input.lines.find(({ sku }) => sku === input.strictSku)
      if (strict && strict.quantity > free) throw conflict('out_of_stock', 'Not enough.', { available: free })
      const cartId = decodeURIComponent(pathname.split('/').at(-1) ?? '')
      holds.push({ ...input, cartId })
      return schema.parse({ cartId, lines: input.lines, expiresAt: input.lines.length ? input.expiresAt : null })
    },
  }
  const goDown = () => {
    isDown = true
  }
  const neighbours = createNeighbours(client)
  const carts = redisCartRepository(redis)
  const service = createCartService({ carts, neighbours, holds: createCartHolds({ neighbours, clock, minutes: 10 }) })
  return { service, holds, calls, goDown }
}

const owner = () => ({ id: newId('usr'), isGuest: false })

test('adding holds the whole cart for ten minutes from now, and says until when', async () => {
  const { service, holds, calls } = shop()
  const first = await service.add(null, { sku: 'A', quantity: 2 }, 'request-1')
  expect(first.heldUntil).toBe(inTenMinutes)
  expect(calls).toHaveLength(2)
  const guest = { id: String(first.id), isGuest: true }
  await service.add(guest, { sku: 'B', quantity: 1 }, 'request-2')
  expect(calls).toHaveLength(4)
  expect(holds.at(-1)).toMatchObject({
    cartId: first.id,
    version: 2,
    strictSku: 'B',
    lines: [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
    expiresAt: inTenMinutes,
  })
})

test('what cannot be held is not put into the cart', async () => {
  const { service } = shop(1)
  const me = owner()
  await service.add(me, { sku: 'A', quantity: 1 }, 'request-1')
  const refused = service.add(me, { sku: 'A', quantity: 1 }, 'request-2')
  await expect(refused).rejects.toMatchObject({ code: 'out_of_stock', details: { available: 1 } })
  expect((await service.show(me, 'request-3')).lines).toMatchObject([{ quantity: 1 }])
})

test('setting, removing and emptying hold what is left, nothing in the end', async () => {
  const { service, holds } = shop()
  const me = owner()
  await service.add(me, { sku: 'A', quantity: 3 }, 'request-1')
  await service.setQuantity(me, 'A', 1, 'request-2')
  expect(holds.at(-1)?.lines).toEqual([{ sku: 'A', quantity: 1 }])
  await service.removeLine(me, 'A', 'request-3')
  expect(holds.at(-1)?.lines).toEqual([])
  await service.add(me, { sku: 'A', quantity: 1 }, 'request-4')
  expect((await service.clear(me, 'request-5')).heldUntil).toBeUndefined()
  expect(holds.at(-1)?.lines).toEqual([])
})

test('a merged cart takes the hold of the guest with it', async () => {
  const { service, holds } = shop()
  const guest = await service.add(null, { sku: 'A', quantity: 2 }, 'request-1')
  const me = owner()
  await service.merge(me.id, guest.id, 'request-2')
  expect(holds.at(-1)).toMatchObject({ cartId: me.id, from: guest.id, lines: [{ sku: 'A', quantity: 2 }] })
})

test('parallel changes end with a hold of all of them', async () => {
  const { service, holds } = shop()
  const me = owner()
  await Promise.all(['A', 'B', 'C'].map((sku) => service.add(me, { sku, quantity: 1 }, `request-${sku}`)))
  const newest = holds.toSorted((a, b) => b.version - a.version)[0]
  expect(newest?.lines.map(({ sku }) => sku).toSorted()).toEqual(['A', 'B', 'C'])
})

test('without the catalog nothing is added, but lines can be taken out', async () => {
  const { service, goDown } = shop()
  const me = owner()
  await service.add(me, { sku: 'A', quantity: 1 }, 'request-1')
  goDown()
  await expect(service.add(me, { sku: 'B', quantity: 1 }, 'request-2')).rejects.toMatchObject({ code: 'unavailable' })
  expect((await service.removeLine(me, 'A', 'request-3')).lines).toEqual([])
})

test('what the cart of a deleted account held is free again', async () => {
  const { service, holds } = shop()
  const me = owner()
  await service.add(me, { sku: 'A', quantity: 3 }, 'request-1')
  await service.forget(me.id, 'request-2')
  await service.forget(me.id, 'request-3')
  expect(holds.slice(1)).toMatchObject([{ cartId: me.id, lines: [] }])
})

import { beforeAll, expect, test } from 'bun:test'
import type { AppError } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { ensureIndexes } from '@vitrine/kernel/mongo'
import { makeCatalog, productInput } from './catalog.testing.ts'
import { guardStock } from './stock.models.mongo.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
const now = new Date('2026-11-21T12:00:00Z')
const expiresAt = '2026-11-21T12:15:00.000Z'

beforeAll(async () => {
  catalog = await makeCatalog()
}, 30_000)

async function openSku(onHand: number): Promise<string> {
  const sku = newId('sku')
  const variant = { sku, options: {}, price: { amount: 100, currency: 'EUR' as const }, pictureIds: [] }
  const { variants: _given, options: _none, brand: _brand, ...rest } = productInput()
  const product = {
    ...rest,
    id: newId('prd'),
    slug: sku.replace('_', '-').toLowerCase(),
    oldSlugs: [],
    brand: null,
    options: [],
    variants: [variant],
    pictures: [],
    ratingCounts: [0, 0, 0, 0, 0],
    popularity: 0,
    version: 1,
    createdBy: null,
    createdAt: now,
    updatedAt: now,
  }
  await catalog.stores.products.add(product, { opened: [{ sku, onHand }], closed: [] }, { actor: 'test', at: now })
  return sku
}

const levelOf = async (sku: string) => (await catalog.stores.stock.findMany([sku])).get(sku)
const reserve = (orderId: string, lines: { sku: string; quantity: number }[], until = expiresAt) =>
  catalog.stores.stock.reserve({ orderId, lines, expiresAt: until }, now)

test('of thirty parallel orders for the last ten, exactly ten get one', async () => {
  const sku = await openSku(10)
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, () => reserve(newId('ord'), [{ sku, quantity: 1 }])),
  )
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as AppError] : []))
  expect(results.length - refused.length).toBe(10)
  expect(new Set(refused.map((error) => error.code))).toEqual(new Set(['out_of_stock']))
  expect(await levelOf(sku)).toMatchObject({ onHand: 10, reserved: 10, available: 0, sold: 0 })
}, 30_000)

test('two lines of one product that together exceed the stock are refused, and hold nothing', async () => {
  const sku = await openSku(3)
  const lines = [
    { sku, quantity: 2 },
    { sku, quantity: 2 },
  ]
  expect(reserve(newId('ord'), lines)).rejects.toMatchObject({ code: 'out_of_stock', details: { available: 3 } })
  await reserve(newId('ord'), [lines[0], { sku, quantity: 1 }] as typeof lines)
  expect(await levelOf(sku)).toMatchObject({ reserved: 3, available: 0 })
})

test('two hundred orders of the same products in opposite order never lock each other, and hold all or nothing', async () => {
  const [one, other] = [await openSku(120), await openSku(150)]
  const line = (sku: string) => ({ sku, quantity: 1 })
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) =>
      reserve(newId('ord'), index % 2 ? [line(one), line(other)] : [line(other), line(one)]),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(120)
  expect(await levelOf(one)).toMatchObject({ reserved: 120, available: 0 })
  expect(await levelOf(other)).toMatchObject({ reserved: 120, available: 30 })
}, 30_000)

test('staff cannot take what orders hold: a correction below it is refused with what is free', async () => {
  const sku = await openSku(10)
  await reserve(newId('ord'), [{ sku, quantity: 7 }])
  const move = (type: 'OUT' | 'ADJUST', quantity: number) =>
    catalog.stores.stock.move(sku, { type, quantity, reason: 'Count' }, { actor: 'usr_staff', at: now })
  expect(move('ADJUST', -4)).rejects.toMatchObject({ code: 'out_of_stock', details: { available: 3 } })
  expect(move('OUT', 4)).rejects.toMatchObject({ code: 'out_of_stock' })
  await move('ADJUST', -3)
  expect(await levelOf(sku)).toMatchObject({ onHand: 7, reserved: 7, available: 0 })
})

test('the same order reserves once, however often and in parallel it asks', async () => {
  const sku = await openSku(10)
  const orderId = newId('ord')
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      reserve(orderId, [
        { sku, quantity: 2 },
        { sku, quantity: 1 },
      ]),
    ),
  )
  expect(answers.every((answer) => answer.status === 'active' && answer.lines[0]?.quantity === 3)).toBe(true)
  expect(await levelOf(sku)).toMatchObject({ reserved: 3, available: 7 })
})

test('an order holds every line or none, and the refusal says what is left', async () => {
  const [rich, poor] = [await openSku(5), await openSku(1)]
  const refusal = await reserve(newId('ord'), [
    { sku: rich, quantity: 1 },
    { sku: poor, quantity: 2 },
  ]).catch((error) => error)
  expect(refusal.details).toEqual({ lines: [{ sku: poor, available: 1 }], available: 1 })
  expect(await levelOf(rich)).toMatchObject({ reserved: 0, available: 5 })
})

test('release gives back once and commit sells once', async () => {
  const sku = await openSku(5)
  const [released, sold] = [newId('ord'), newId('ord')]
  await reserve(released, [{ sku, quantity: 2 }])
  await reserve(sold, [{ sku, quantity: 1 }])
  for (let time = 0; time < 2; time++) await catalog.stores.stock.release(released, now)
  for (let time = 0; time < 2; time++) await catalog.stores.stock.commit(sold, null, now)
  expect(await levelOf(sku)).toMatchObject({ onHand: 4, reserved: 0, available: 4, sold: 1 })
  expect((await catalog.stores.stock.release(sold, now)).status).toBe('committed')
  const { items } = await catalog.stores.stock.listMovements(sku, { limit: 10, cursor: null })
  expect(items.reduce((sum, item) => sum + (item.type === 'OUT' ? -item.quantity : item.quantity), 0)).toBe(4)
})

test('an order closed before it reserved holds nothing afterwards', async () => {
  const sku = await openSku(5)
  const orderId = newId('ord')
  await catalog.stores.stock.release(orderId, now)
  expect((await reserve(orderId, [{ sku, quantity: 1 }])).status).toBe('released')
  expect(await levelOf(sku)).toMatchObject({ reserved: 0, available: 5 })
})

test('a released order may ask again with a later expiry', async () => {
  const sku = await openSku(5)
  const orderId = newId('ord')
  await reserve(orderId, [{ sku, quantity: 1 }])
  await catalog.stores.stock.release(orderId, now)
  expect((await reserve(orderId, [{ sku, quantity: 1 }])).status).toBe('released')
  expect((await reserve(orderId, [{ sku, quantity: 1 }], '2026-11-21T13:00:00.000Z')).status).toBe('active')
})

test('a cancelled order that was paid returns what was sold', async () => {
  const sku = await openSku(5)
  const orderId = newId('ord')
  await reserve(orderId, [{ sku, quantity: 2 }])
  await catalog.stores.stock.commit(orderId, null, now)
  for (let time = 0; time < 2; time++) await catalog.stores.stock.takeBack(orderId, now)
  expect(await levelOf(sku)).toMatchObject({ onHand: 5, reserved: 0, available: 5, sold: 0 })
})

test('a hold that no order ended is swept ten minutes after its expiry', async () => {
  const sku = await openSku(5)
  await reserve(newId('ord'), [{ sku, quantity: 2 }])
  catalog.clock.advance(20 * 60_000)
  expect(await levelOf(sku)).toMatchObject({ reserved: 2 })
  catalog.clock.advance(6 * 60_000)
  expect(await catalog.inventory.sweep()).toBeGreaterThan(0)
  expect(await levelOf(sku)).toMatchObject({ reserved: 0, available: 5 })
})

test('the database itself refuses a count below zero', async () => {
  const sku = await openSku(1)
  const write = catalog.connection
    .collection<{ _id: string }>('stock')
    .updateOne({ _id: sku }, { $inc: { available: -2 } })
  expect(write).rejects.toThrow(/validation/)
})

test('a start does not wait for the transaction of a process that was killed', async () => {
  const sku = await openSku(1)
  const { connection } = catalog
  const session = await connection.startSession()
  session.startTransaction()
  const stock = connection.collection<{ _id: string }>('stock')
  await stock.updateOne({ _id: sku }, { $inc: { available: -1, reserved: 1 } }, { session })
  try {
    const startsUp = async () => {
      await ensureIndexes(connection)
      await guardStock(connection)
      return 'up'
    }
    expect(await Promise.race([startsUp(), Bun.sleep(3000).then(() => 'waiting')])).toBe('up')
  } finally {
    await session.abortTransaction()
    await session.endSession()
  }
})

test('stock that nobody touched for a while is not told again', async () => {
  const quiet = await openSku(1)
  await catalog.connection.collection('stock').updateMany({}, { $set: { updatedAt: new Date(0) } })
  const { items, upTo } = await catalog.stores.stock.listChangedSince(null, 0)
  expect(items.map(({ sku }) => sku)).toContain(quiet)
  expect((await catalog.stores.stock.listChangedSince(upTo, 0)).items).toEqual([])
  const sku = await openSku(2)
  expect((await catalog.stores.stock.listChangedSince(upTo, 0)).items).toMatchObject([{ sku, available: 2 }])
})

import { afterAll, beforeAll, expect, test } from 'bun:test'
import { silentLog } from '@vitrine/kernel/log'
import { type Connection, connectMongo, withTransaction } from '@vitrine/kernel/mongo'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import { mongoReturns } from './return.mongo.ts'
import { movementModel, reservationModel, stockModel } from './stock.models.mongo.ts'

const now = new Date('2026-06-01T00:00:00Z')
let connection: Connection
beforeAll(async () => {
  connection = await connectMongo((await startTestMongo()).url, `returns_${Date.now()}`, silentLog())
  for (const model of [stockModel, movementModel, reservationModel]) await model(connection).createCollection()
}, 30_000)
afterAll(() => connection.close())

test('returned goods go back on sale, once for each that was sold, and into the ledger', async () => {
  const [stocks, reservations] = [stockModel(connection), reservationModel(connection)]
  await stocks.create([{ _id: 'A', onHand: 5, reserved: 0, available: 5, sold: 3, updatedAt: now }])
  const lines = [{ sku: 'A', quantity: 3 }]
  await reservations.create([{ _id: 'ord_1', status: 'committed', lines, expiresAt: now, updatedAt: now }])
  const takeIn = (quantity: number) =>
    withTransaction(connection, (session) =>
      mongoReturns(connection).takeIn('ord_1', [{ sku: 'A', quantity }], now, session),
    )
  await takeIn(1)
  expect(await stocks.findById('A').lean()).toMatchObject({ onHand: 6, available: 6, sold: 2 })
  await takeIn(9)
  await takeIn(1)
  expect(await stocks.findById('A').lean()).toMatchObject({ onHand: 8, available: 8, sold: 0 })
  expect(await movementModel(connection).countDocuments({ sku: 'A', type: 'IN' })).toBe(2)
})

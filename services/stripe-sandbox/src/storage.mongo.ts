import { type Connection, ensureIndexes, isStoreDown, pingMongo } from '@vitrine/kernel/mongo'
import { mongoDeliveryRepository } from './deliveries.mongo.ts'
import { mongoIdempotencyRepository } from './idempotency.mongo.ts'
import { mongoObjectRepository } from './objects.mongo.ts'
import type { OpenStorage } from './storage.ts'

/** Keeps everything in one MongoDB database; needs a replica set, for its transactions. */
export const mongoStorage =
  (connection: Connection): OpenStorage =>
  async (deps) => {
    const deliveries = mongoDeliveryRepository(connection)
    const storage = {
      deliveries,
      objects: mongoObjectRepository(connection, deliveries.enqueue, deps),
      idempotency: mongoIdempotencyRepository(connection),
    }
    await ensureIndexes(connection)
    return {
      ...storage,
      settled: () => Promise.resolve(),
      ping: () => pingMongo(connection),
      isDown: isStoreDown,
      async clear() {
        for (const model of Object.values(connection.models)) await model.deleteMany({})
      },
      close: () => connection.close(),
    }
  }

import { sqliteDeliveryRepository } from './deliveries.sqlite.ts'
import { sqliteIdempotencyRepository } from './idempotency.sqlite.ts'
import { sqliteObjectRepository } from './objects.sqlite.ts'
import { openSqlite } from './sqlite.ts'
import type { OpenStorage } from './storage.ts'

/** Keeps everything in one SQLite file, or in memory with `:memory:`. Needs no server. */
export const sqliteStorage =
  (path: string): OpenStorage =>
  async (deps) => {
    const database = openSqlite(path)
    return {
      objects: sqliteObjectRepository(database, deps),
      deliveries: sqliteDeliveryRepository(database),
      idempotency: sqliteIdempotencyRepository(database),
      ping: async () => void database.query('select 1').get(),
      isDown: () => false,
      async clear() {
        database.run('delete from objects; delete from deliveries; delete from idempotency_keys;')
      },
      close: async () => database.close(),
    }
  }

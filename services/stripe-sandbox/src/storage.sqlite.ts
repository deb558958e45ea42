import { sqliteDeliveryRepository } from './deliveries.sqlite.ts'
import { sqliteIdempotencyRepository } from './idempotency.sqlite.ts'
import { sqliteObjectRepository } from './objects.sqlite.ts'
import { groupCommits, openSqlite } from './sqlite.ts'
import type { OpenStorage } from './storage.ts'

/** Keeps everything in one SQLite file, or in memory with `:memory:`. Needs no server. */
export const sqliteStorage =
  (path: string): OpenStorage =>
  async (deps) => {
    const database = openSqlite(path)
    const group = groupCommits(database)
    return {
      objects: sqliteObjectRepository(database, group, deps),
      deliveries: sqliteDeliveryRepository(database, group),
      idempotency: sqliteIdempotencyRepository(database, group),
      settled: group.settled,
      ping: async () => void database.query('select 1').get(),
      isDown: () => false,
      async clear() {
        database.run('delete from objects; delete from deliveries; delete from idempotency_keys;')
      },
      async close() {
        await group.settled()
        database.close()
      },
    }
  }

import { CATALOG_MARK, shareReading } from '@vitrine/contracts/change-mark'
import { redis } from '#app/server/redis.server.ts'

let connection = 0
let isWatched = false

/** Redis may lose its last second of writes when it dies, and with them an announcement: a lost connection counts as one. */
function watched() {
  const client = redis()
  if (!isWatched) client.on('close', () => connection++)
  isWatched = true
  return client
}

/** The mark of the catalog's changes, seeing every change acknowledged before the call; null while that cannot be told. */
export const readCatalogMark = shareReading(async () => {
  const value = await watched()
    .get(CATALOG_MARK)
    .catch(() => null)
  return value === null ? null : `${connection}.${value}`
})

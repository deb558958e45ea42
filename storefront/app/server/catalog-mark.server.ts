import { type ChangeMark, redisChangeMark } from '@vitrine/kernel/change-mark'
import { redis } from '#app/server/redis.server.ts'

let mark: ChangeMark | null = null

/** The mark of the catalog's changes, seeing every change acknowledged before the call; null while that cannot be told. */
export function readCatalogMark(): Promise<string | null> {
  mark ??= redisChangeMark(redis())
  return mark.read()
}

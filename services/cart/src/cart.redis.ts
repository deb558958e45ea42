import { Money } from '@vitrine/contracts/money'
import { conflict } from '@vitrine/kernel/errors'
import { createTurns } from '@vitrine/kernel/turns'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { CartRepository } from './cart.repository.ts'
import type { StoredCart } from './cart.ts'

const TTL_SECONDS = 7 * 86_400
const SEEN_SECONDS = 30 * 86_400
/** Only other replicas can be faster, and with each try one of them is done. */
const TRIES = 500

const Stored = z.object({
  id: z.string(),
  version: z.int(),
  lines: z.array(
    z.object({
      sku: z.string(),
      quantity: z.int(),
      seenPrice: Money,
      productId: z.string(),
      slug: z.string(),
      title: z.string(),
    }),
  ),
  promotionCode: z.string().nullable(),
})

/** Saves KEYS[1] if it still reads ARGV[1] (empty: absent). */
const SAVE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
return 1`

/** As SAVE, and ends KEYS[2] if that still reads ARGV[4]. */
const ABSORB = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] or (redis.call('GET', KEYS[2]) or '') ~= ARGV[4] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('DEL', KEYS[2])
return 1`

/** As SAVE, but only once: KEYS[2] is the mark. Answers 2 when it was there. */
const SAVE_ONCE = `
if redis.call('EXISTS', KEYS[2]) == 1 then return 2 end
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
redis.call('SET', KEYS[2], '1', 'EX', ARGV[4])
return 1`

const cartKey = (id: string) => `cart:${id}`
const seenKey = (eventId: string) => `cart-inbox:${eventId}`
const parse = (text: string): StoredCart | null => (text === '' ? null : Stored.parse(JSON.parse(text)))

/**
 * Carts in Redis, one JSON text each. A save compares the whole text it was decided on, so no update is lost; changes
 * of one cart wait for each other in this process, so that none is refused because many come at once.
 */
export function redisCartRepository(redis: Redis): CartRepository {
  const read = async (id: string) => (await redis.get(cartKey(id))) ?? ''

  const inTurn = createTurns()

  const untilSaved = <T>(ids: readonly string[], attempt: () => Promise<{ result: T } | null>): Promise<T> =>
    inTurn(ids, async () => {
      for (let number = 0; number < TRIES; number++) {
        const saved = await attempt()
        if (saved) return saved.result
      }
      throw conflict('version_conflict', 'The basket is being changed elsewhere. Try again.')
    })

  return {
    async find(id) {
      return parse((await redis.getex(cartKey(id), 'EX', TTL_SECONDS)) ?? '')
    },
    update: (id, decide) =>
      untilSaved([id], async () => {
        const before = await read(id)
        const { cart, result } = decide(parse(before))
        if (!cart) return { result }
        const isSaved = await redis.eval(SAVE, 1, cartKey(id), before, JSON.stringify(cart), TTL_SECONDS)
        return isSaved === 1 ? { result } : null
      }),
    absorb: (id, other, decide) =>
      untilSaved([id, other], async () => {
        const [own, guest] = [await read(id), await read(other)]
        const { cart, result } = decide(parse(own), parse(guest))
        if (!cart) return { result }
        const keys = [cartKey(id), cartKey(other)] as const
        const isSaved = await redis.eval(ABSORB, 2, ...keys, own, JSON.stringify(cart), TTL_SECONDS, guest)
        return isSaved === 1 ? { result } : null
      }),
    updateOnce: (id, eventId, decide) =>
      untilSaved([id], async () => {
        const before = await read(id)
        const cart = parse(before)
        const after = cart ? JSON.stringify(decide(cart)) : ''
        const keys = [cartKey(id), seenKey(eventId)] as const
        const outcome = await redis.eval(SAVE_ONCE, 2, ...keys, before, after, TTL_SECONDS, SEEN_SECONDS)
        return outcome === 0 ? null : { result: outcome === 1 }
      }),
    remove: async (id) => parse((await redis.getdel(cartKey(id))) ?? ''),
    hasSeen: async (eventId) => (await redis.exists(seenKey(eventId))) === 1,
    async forgetAll() {
      for await (const keys of redis.scanStream({ match: cartKey('*'), count: 500 }))
        if (keys.length > 0) await redis.del(keys)
    },
    async ping() {
      await redis.ping()
    },
  }
}

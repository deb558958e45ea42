import { Redis } from 'ioredis'
import { env } from '#app/server/env.server.ts'

let client: Redis | null = null

/** The storefront's connection: a command fails within 250 ms while Redis is away. */
export function redis(): Redis {
  if (client) return client
  client = new Redis(env.REDIS_URL, { commandTimeout: 250, maxRetriesPerRequest: 1, enableOfflineQueue: false })
  client.on('error', () => {
    // Whoever asks decides what to do without Redis.
  })
  return client
}

/** Opens the connection early, so that the first person does not wait for it. */
export function warmUpRedis(): void {
  redis()
}

export async function closeRedis(): Promise<void> {
  client?.disconnect()
}

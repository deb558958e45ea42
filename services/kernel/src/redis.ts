import { Redis } from 'ioredis'
import { meetRedisSwitch } from './fault.switches.ts'
import type { Log } from './log.ts'

function listen(client: Redis, log: Log): Redis {
  let isDown = false
  client.on('error', (error) => {
    if (!isDown) log.warn({ err: error.message }, 'redis is away')
    isDown = true
  })
  client.on('ready', () => {
    isDown = false
  })
  return client
}

/** Commands meet the fault switch of the tester's page before they are sent. */
function bendable(client: Redis): Redis {
  const send = client.sendCommand.bind(client)
  client.sendCommand = (command, stream) => {
    const bent = meetRedisSwitch()
    if (!bent) return send(command, stream)
    bent.then(
      () => send(command, stream),
      (error) => command.reject(error),
    )
    return command.promise
  }
  return client
}

/** The client of a request path: a command fails within 500 ms instead of waiting for Redis to come back. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const client = new Redis(url, {
    lazyConnect: true,
    commandTimeout: 500,
    // A half-open connection is given up; without this only the operating system would notice, in hours.
    socketTimeout: 2000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 50, 1000),
  })
  bendable(listen(client, log))
  // Not fatal: the client goes on trying, and readiness tells.
  await client.connect().catch(() => undefined)
  return client
}

/** For a connection that may wait as long as it takes. */
const PATIENT = {
  maxRetriesPerRequest: null,
  // Longer than any block time; see above.
  socketTimeout: 5000,
  retryStrategy: (times: number) => Math.min(times * 50, 1000),
}

/** The client of a consumer, which blocks in XREADGROUP and may wait as long as it takes. */
export function connectBlockingRedis(url: string, log: Log): Redis {
  return listen(new Redis(url, PATIENT), log)
}

/** Calls `heard` at every message to `channel`; what is sent while the connection is lost is not heard. Returns how to stop. */
export function subscribe(redis: Redis, channel: string, log: Log, heard: () => void): () => Promise<void> {
  const client = listen(redis.duplicate({ ...PATIENT, enableOfflineQueue: true, commandTimeout: undefined }), log)
  client.on('message', heard)
  client.subscribe(channel).catch((error) => log.warn({ err: error, channel }, 'nothing will be heard of this channel'))
  return async () => client.disconnect()
}

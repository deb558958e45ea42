import type { ChannelName } from '@vitrine/contracts/notifications'
import { fixedClock } from '@vitrine/kernel/clock'
import { newId } from '@vitrine/kernel/ids'
import { mongoInbox } from '@vitrine/kernel/inbox'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier, testIdentityVerifier } from '@vitrine/kernel/verifiers.testing'
import { createNotificationsApp } from './app.ts'
import { mongoMessageRepository } from './message.mongo.ts'
import { createMessageService } from './message.service.ts'
import { mongoMessagePeople } from './people.mongo.ts'

/** A mailbox on a real mongod with a database of its own and a clock that stands. */
export async function startMailbox({ channels = [] }: { channels?: ChannelName[] } = {}) {
  const log = silentLog()
  const { url } = await startTestMongo()
  const connection = await connectMongo(url, newId('mail'), log)
  const messages = mongoMessageRepository(connection, createOutbox(connection))
  const people = mongoMessagePeople(connection)
  const inbox = mongoInbox(connection)
  await ensureIndexes(connection)
  const clock = fixedClock(new Date('2026-11-21T12:00:00Z'))
  const service = createMessageService({ messages, clock, channels, publicUrl: 'https://shop.example' })
  const app = createNotificationsApp({
    clock,
    log,
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    checks: {},
    service,
    people,
  })
  return {
    connection,
    messages,
    people,
    inbox,
    clock,
    service,
    app,
    async stop() {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

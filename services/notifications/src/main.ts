import { startConsumer } from '@vitrine/kernel/consumer'
import { followDemoReset } from '@vitrine/kernel/demo.reset'
import { readEnv } from '@vitrine/kernel/env'
import { mongoInbox } from '@vitrine/kernel/inbox'
import { startLeasedLoop } from '@vitrine/kernel/lease'
import { connectMongo, ensureIndexes, pingMongo } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { peopleEvents } from '@vitrine/kernel/people'
import { redisEventQueue } from '@vitrine/kernel/queues'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { wireService } from '@vitrine/kernel/wire'
import { createNotificationsApp } from './app.ts'
import { type Channels, namesOf } from './channel.ts'
import { NotificationsEnv } from './env.ts'
import { createEventHandlers } from './events.ts'
import { createMailer } from './mail.smtp.ts'
import { mongoMessageRepository } from './message.mongo.ts'
import { createMessageService } from './message.service.ts'
import { mongoMessagePeople } from './people.mongo.ts'
import { createSender } from './sender.service.ts'
import { createHttpSms } from './sms.http.ts'

const env = readEnv(NotificationsEnv)
const base = await wireService({ name: 'notifications', env })
const { clock, log } = base
const connection = await connectMongo(env.MONGO_URL, 'notifications', log)
const redis = await connectRedis(env.REDIS_URL, log)
const outbox = createOutbox(connection)
const messages = mongoMessageRepository(connection, outbox)
const people = mongoMessagePeople(connection)
const inbox = mongoInbox(connection)
await ensureIndexes(connection)

const channels: Channels = {
  ...(env.SMTP_URL ? { mail: createMailer(env.SMTP_URL, env.MAIL_FROM) } : {}),
  ...(env.SMS_URL ? { sms: createHttpSms(env.SMS_URL, env.SMS_TOKEN) } : {}),
}
const service = createMessageService({ messages, clock, channels: namesOf(channels), publicUrl: env.PUBLIC_URL })
const handlers = { ...createEventHandlers(service, env.PUBLIC_URL), ...peopleEvents(people) }
const stops: (() => unknown)[] = [
  followDemoReset({ env, log, connection }),
  startConsumer({ redisUrl: env.REDIS_URL, group: 'notifications', handlers, inbox, log }),
  outbox.startRelay({ redis, log }),
]
if (namesOf(channels).length > 0) {
  const sendDue = createSender({ messages, channels, clock })
  stops.push(
    startLeasedLoop({ connection, name: 'mail-sender', everyMs: 1000, run: async () => void (await sendDue()), log }),
  )
}

const app = createNotificationsApp({
  ...base,
  queues: { outbox, events: redisEventQueue(redis, 'notifications') },
  service,
  people,
  checks: { mongo: () => pingMongo(connection) },
})
serve(app, { port: env.PORT, log, onStop: [...stops, () => redis.disconnect(), () => connection.close()] })

import type { Clock } from '@vitrine/kernel/clock'
import { mongoInbox } from '@vitrine/kernel/inbox'
import type { Connection } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { mongoAccessRepository } from './access.mongo.ts'
import { mongoAttemptRepository } from './attempt.mongo.ts'
import { mongoOrderRepository } from './order.mongo.ts'
import { mongoOrderPeople } from './people.mongo.ts'
import { mongoPromotionRepository } from './promotion.mongo.ts'
import { mongoRatesRepository } from './rates.mongo.ts'

/** Every collection of the service, on one connection. */
export function createStores(connection: Connection, clock: Clock) {
  const outbox = createOutbox(connection)
  return {
    outbox,
    inbox: mongoInbox(connection),
    orders: mongoOrderRepository(connection, outbox, clock),
    people: mongoOrderPeople(connection),
    access: mongoAccessRepository(connection),
    attempts: mongoAttemptRepository(connection),
    promotions: mongoPromotionRepository(connection, outbox),
    rates: mongoRatesRepository(connection, outbox),
  }
}

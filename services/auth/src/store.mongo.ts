import { withTransaction } from '@vitrine/kernel/mongo'
import { createOutbox, type Outbox } from '@vitrine/kernel/outbox'
import type { ClientSession, Connection } from 'mongoose'
import { addressModel, mongoAddressRepository } from './address.mongo.ts'
import { auditModel, mongoAuditRepository } from './audit.mongo.ts'
import { mongoOneTimeTokenRepository, oneTimeTokenModel } from './one-time-token.mongo.ts'
import { mongoRoleRepository, roleModel } from './role.mongo.ts'
import { mongoSessionRepository, sessionModels } from './session.mongo.ts'
import type { AuthStore } from './store.repository.ts'
import { mongoUserRepository, userModels } from './user.mongo.ts'

export interface MongoAuthStore {
  store: AuthStore
  outbox: Outbox
  /** The store within a transaction that somebody else began, such as the inbox. */
  storeIn(session: ClientSession): AuthStore
}

/** Auth's store on MongoDB, with the outbox its events leave by. Call once a connection, before `ensureIndexes`. */
export function createMongoStore(connection: Connection): MongoAuthStore {
  const outbox = createOutbox(connection)
  const models = {
    users: userModels(connection),
    sessions: sessionModels(connection),
    oneTimeTokens: oneTimeTokenModel(connection),
    roles: roleModel(connection),
    addresses: addressModel(connection),
    audit: auditModel(connection),
  }

  const storeIn = (session?: ClientSession): AuthStore => ({
    users: mongoUserRepository(models.users, session),
    sessions: mongoSessionRepository(models.sessions, session),
    oneTimeTokens: mongoOneTimeTokenRepository(models.oneTimeTokens, session),
    roles: mongoRoleRepository(models.roles, session),
    addresses: mongoAddressRepository(models.addresses, session),
    audit: mongoAuditRepository(models.audit, session),
    async publish(type, data, requestId) {
      if (!session) throw new Error(`${type} must be published within a transaction.`)
      await outbox.add(session, type, data, requestId)
    },
    transaction: (work) =>
      session ? work(storeIn(session)) : withTransaction(connection, (inner) => work(storeIn(inner))),
  })
  return { store: storeIn(), outbox, storeIn }
}

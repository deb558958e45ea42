import { type ClientSession, type Connection, Schema } from 'mongoose'
import { isDuplicateKey, withTransaction } from './mongo.ts'

/** Makes a handler's effects happen once per event id. */
export interface Inbox {
  /** Runs `effect` unless the event was seen; both are committed together. False when it had been seen. */
  once(eventId: string, effect: (session: ClientSession) => Promise<void>): Promise<boolean>
  /** Which of these events were seen, and when. */
  listSeen(eventIds: string[]): Promise<{ id: string; at: string }[]>
}

interface InboxDoc {
  _id: string
  seenAt: Date
}

const schema = new Schema<InboxDoc>({ _id: String, seenAt: Date }, { collection: 'inbox', versionKey: false })
schema.index({ seenAt: 1 }, { expireAfterSeconds: 30 * 86_400 })

/** The inbox in a service's own database. Call before `ensureIndexes`. */
export function mongoInbox(connection: Connection): Inbox {
  const model = connection.model<InboxDoc>('Inbox', schema)
  return {
    async listSeen(eventIds) {
      const docs = await model.find({ _id: { $in: eventIds } }).lean()
      return docs.map(({ _id, seenAt }) => ({ id: _id, at: seenAt.toISOString() }))
    },
    async once(eventId, effect) {
      try {
        await withTransaction(connection, async (session) => {
          await connection.collection<InboxDoc>('inbox').insertOne({ _id: eventId, seenAt: new Date() }, { session })
          await effect(session)
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error) && (await model.exists({ _id: eventId }))) return false
        throw error
      }
    },
  }
}

import type {
  ChannelName,
  Message,
  MessageStatus,
  MessageSummary,
  TemplateName,
} from '@vitrine/contracts/notifications'
import { newId } from '@vitrine/kernel/ids'
import { withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import { afterCursor, cursorAfter } from './message.cursor.ts'
import type { Claim, MessageRepository, NewMessage } from './message.repository.ts'

type MessageDoc = {
  _id: string
  cause: string
  /** Absent in messages older than the second channel. */
  channel?: ChannelName
  to: string
  template: TemplateName
  subject: string
  html: string
  text: string
  status: MessageStatus
  attempts: number
  resends: number
  lastError?: string
  createdAt: Date
  sentAt?: Date
  nextAttemptAt: Date
}

const schema = new Schema<MessageDoc>(
  {
    _id: { type: String, required: true },
    cause: { type: String, required: true },
    channel: { type: String, required: true },
    to: { type: String, required: true },
    template: { type: String, required: true },
    subject: { type: String, required: true },
    html: { type: String, required: true },
    text: { type: String, required: true },
    status: { type: String, required: true },
    attempts: { type: Number, required: true },
    resends: { type: Number, required: true },
    lastError: String,
    createdAt: { type: Date, required: true },
    sentAt: Date,
    nextAttemptAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false },
)
schema.index({ cause: 1 }, { unique: true })
schema.index({ createdAt: -1, _id: -1 })
schema.index({ to: 1, createdAt: -1, _id: -1 })
schema.index({ status: 1, createdAt: -1, _id: -1 })
schema.index({ nextAttemptAt: 1 }, { partialFilterExpression: { status: 'queued' } })

function toSummary(doc: Omit<MessageDoc, 'html' | 'text'>): MessageSummary {
  return {
    id: doc._id,
    channel: doc.channel ?? 'mail',
    to: doc.to,
    subject: doc.subject,
    template: doc.template,
    status: doc.status,
    attempts: doc.attempts,
    lastError: doc.lastError,
    createdAt: doc.createdAt.toISOString(),
    sentAt: doc.sentAt?.toISOString(),
  }
}

const toMessage = (doc: MessageDoc): Message => ({
  ...toSummary(doc),
  html: doc.html,
  text: doc.text,
  resends: doc.resends,
})

const toClaim = ({
  _id,
  cause,
  channel = 'mail',
  to,
  template,
  subject,
  html,
  text,
  attempts,
  resends,
}: MessageDoc): Claim => ({
  id: _id,
  cause,
  channel,
  to,
  template,
  subject,
  html,
  text,
  attempts,
  resends,
})

/** Messages in MongoDB. One per cause: the unique index says so, not the code around it. */
export function mongoMessageRepository(connection: Connection, outbox: Outbox): MessageRepository<ClientSession> {
  const messages = connection.model<MessageDoc>('Message', schema)

  async function add(message: NewMessage, session?: ClientSession): Promise<string> {
    const fresh = { ...message, _id: newId('msg'), attempts: 0, resends: 0, nextAttemptAt: message.createdAt }
    const kept = await connection
      .collection<MessageDoc>('messages')
      .findOneAndUpdate(
        { cause: message.cause },
        { $setOnInsert: fresh },
        { upsert: true, returnDocument: 'after', projection: { _id: 1 }, ...(session ? { session } : {}) },
      )
    if (!kept) throw new Error('An upsert always answers the message.')
    return kept._id
  }

  return {
    add,

    write: (message, hand) =>
      withTransaction(connection, async (session) => {
        const id = await add(message, session)
        const { to, subject, template } = message
        const act = { action: 'message.written', target: id, before: null, after: { to, subject, template } }
        await keepStaffAct(outbox, session, hand, act)
        return id
      }),

    async list({ to, template, status, channel, limit, cursor }) {
      const filter = {
        ...(status ? { status } : {}),
        ...(channel ? { channel: channel === 'mail' ? { $ne: 'sms' as const } : channel } : {}),
        ...(to ? { to } : {}),
        ...(template ? { template } : {}),
        ...(cursor ? afterCursor(cursor) : {}),
      }
      const docs = await messages
        .find(filter, { html: 0, text: 0 })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean()
      const items = docs.slice(0, limit)
      const last = items.at(-1)
      return {
        items: items.map(toSummary),
        nextCursor: docs.length > limit && last ? cursorAfter(last.createdAt, last._id) : null,
      }
    },

    async find(id) {
      const doc = await messages.findById(id).lean()
      return doc ? toMessage(doc) : null
    },

    requeue: (id, status, now, hand) =>
      withTransaction(connection, async (session) => {
        const again = {
          $set: { status, attempts: 0, nextAttemptAt: now },
          $inc: { resends: 1 },
          $unset: { lastError: 1, sentAt: 1 },
        }
        const old = await messages.findByIdAndUpdate(id, again, { returnDocument: 'before', session }).lean()
        if (!old) return null
        const { lastError: _known, sentAt: _once, ...kept } = old
        const resends = old.resends + 1
        const before = { status: old.status, resends: old.resends }
        const act = { action: 'message.resent', target: id, before, after: { status, resends } }
        await keepStaffAct(outbox, session, hand, act)
        return toMessage({ ...kept, status, attempts: 0, nextAttemptAt: now, resends })
      }),

    requeueParked: (now, hand) =>
      withTransaction(connection, async (session) => {
        const again = { status: 'queued' as const, attempts: 0, nextAttemptAt: now }
        const { modifiedCount } = await messages.updateMany(
          { status: 'parked' },
          { $set: again, $inc: { resends: 1 }, $unset: { lastError: 1 } },
          { session },
        )
        const act = { action: 'messages.resent', target: null, before: { parked: modifiedCount }, after: { parked: 0 } }
        if (modifiedCount > 0) await keepStaffAct(outbox, session, hand, act)
        return modifiedCount
      }),

    countParked: () => messages.countDocuments({ status: 'parked' }),

    async claimDue(channels, now, holdSeconds) {
      const known = channels.includes('mail') ? [...channels, null] : [...channels]
      const doc = await messages
        .findOneAndUpdate(
          { status: 'queued', nextAttemptAt: { $lte: now }, channel: { $in: known } },
          { $set: { nextAttemptAt: new Date(now.getTime() + holdSeconds * 1000) }, $inc: { attempts: 1 } },
          { sort: { nextAttemptAt: 1 }, returnDocument: 'after' },
        )
        .lean()
      return doc ? toClaim(doc) : null
    },

    async settle(claim, verdict) {
      const { lastError, body, ...verdictFields } = verdict
      const set = { ...verdictFields, ...(body === undefined ? {} : { html: body, text: body }) }
      await messages.updateOne(
        { _id: claim.id, status: 'queued', attempts: claim.attempts, resends: claim.resends },
        lastError === undefined ? { $set: set, $unset: { lastError: 1 } } : { $set: { ...set, lastError } },
      )
    },
  }
}

import { type Message, PERSONAL_TEMPLATES } from '@vitrine/contracts/notifications'
import type { PeopleKeeper } from '@vitrine/kernel/people'
import type { Connection } from 'mongoose'

const MOST_MESSAGES = 1000

/** Messages go with the account they were sent to. */
export function mongoMessagePeople(connection: Connection): PeopleKeeper {
  const messages = connection.model<Message>('Message')
  return {
    async list({ email }) {
      const docs = await messages
        .find({ to: email }, { _id: 0, to: 1, template: 1, subject: 1, text: 1, status: 1, createdAt: 1, sentAt: 1 })
        .sort({ createdAt: -1 })
        .limit(MOST_MESSAGES)
        .lean()
      // A link that is as good as a password stands in a mail of its own and nowhere else.
      return docs.map(({ text, ...message }) =>
        PERSONAL_TEMPLATES.includes(message.template) ? message : { ...message, text },
      )
    },
    async forget({ email }, session) {
      await messages.deleteMany({ to: email }, { session })
    },
  }
}

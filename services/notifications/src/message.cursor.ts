import { invalidInput } from '@vitrine/kernel/errors'

/** Where the next page starts: after this message in the order newest first. */
export const cursorAfter = (createdAt: Date, id: string): string =>
  Buffer.from(`${createdAt.toISOString()}|${id}`).toString('base64url')

/** The filter a cursor stands for. Anything that is not a cursor of ours is the caller's mistake. */
export function afterCursor(cursor: string) {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  const createdAt = new Date(time)
  if (Number.isNaN(createdAt.getTime()) || id === '')
    throw invalidInput({ cursor: ['This is not a cursor of this list.'] })
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] }
}

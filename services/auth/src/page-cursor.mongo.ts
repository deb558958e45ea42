import { invalidInput } from '@vitrine/kernel/errors'

/** Where a list of things sorted by time and id goes on. */
export const encodeCursor = (at: Date, id: string): string => Buffer.from(`${at.getTime()}|${id}`).toString('base64url')

/** Null without a cursor: the list begins at its start. Text that is not a cursor of ours is refused. */
export function decodeCursor(cursor: string | undefined): { at: Date; id: string } | null {
  if (!cursor) return null
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split('|')
  const at = new Date(Number(time))
  if (!id || Number.isNaN(at.getTime())) throw invalidInput({ cursor: ['This is not a cursor of this list.'] })
  return { at, id }
}

/** One more than `limit` was read: the extra one says there is a next page. */
export function toPage<D, T>(docs: D[], limit: number, convert: (doc: D) => T, cursorOf: (doc: D) => string) {
  const shown = docs.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(convert), nextCursor: docs.length > limit && last ? cursorOf(last) : null }
}

import type { Connection } from '@vitrine/kernel/mongo'
import type { PeopleKeeper } from '@vitrine/kernel/people'

const MOST = 1000

/** What the catalog keeps about one person: reviews, wishes, and what they wait for. */
export function mongoCatalogPeople(connection: Connection): Pick<PeopleKeeper, 'list'> {
  const read = async (collection: string, filter: Record<string, string>, kind: string) => {
    const projection = { _id: 0, userId: 0, moderatedBy: 0 }
    const rows = await connection.collection(collection).find(filter, { projection }).limit(MOST).toArray()
    return rows.map((row) => ({ kind, ...row }))
  }
  return {
    async list({ userId, email }) {
      const kept = await Promise.all([
        read('reviews', { userId }, 'review'),
        // A wishlist has its owner's id.
        connection
          .collection<{ _id: string }>('wishlists')
          .find({ _id: userId }, { projection: { _id: 0 } })
          .toArray()
          .then((rows) => rows.map((row) => ({ kind: 'wishlist', ...row }))),
        read('stockAlerts', { email }, 'stock-alert'),
      ])
      return kept.flat()
    },
  }
}

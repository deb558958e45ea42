import type { Database } from 'bun:sqlite'
import type { Delivery, DeliveryRepository, DeliveryStatus } from './deliveries.repository.ts'
import type { Group } from './sqlite.ts'

interface Row {
  id: number
  account: string
  event_id: string
  endpoint_id: string
  status: DeliveryStatus
  attempts: number
  next_at: number
  last_answer: string | null
}

const toDelivery = (row: Row): Delivery => ({
  id: String(row.id),
  account: row.account,
  eventId: row.event_id,
  endpointId: row.endpoint_id,
  status: row.status,
  attempts: row.attempts,
  nextAt: new Date(row.next_at),
  lastAnswer: row.last_answer,
})

const LESS_PENDING =
  "update objects set body = json_set(body, '$.pending_webhooks', max(0, json_extract(body, '$.pending_webhooks') - 1)) where id = ?"

export function sqliteDeliveryRepository(database: Database, group: Group): DeliveryRepository {
  const claim = database.query<Row, [number, number]>(
    "update deliveries set next_at = ?, attempts = attempts + 1 where id = (select id from deliveries where status = 'due' and next_at <= ? order by next_at limit 1) returning *",
  )
  return {
    async claim(now, leaseUntil) {
      const row = group.join(() => claim.get(leaseUntil.getTime(), now.getTime()))
      // Nothing is sent of what could still be undone.
      if (row) await group.settled()
      return row && toDelivery(row)
    },
    async finish({ id, eventId, status }, outcome, answer) {
      const end = database.query('update deliveries set status = ?, last_answer = ? where id = ?')
      group.join(() => {
        end.run(outcome, answer, id)
        if (outcome === 'delivered' && status !== 'delivered') database.query(LESS_PENDING).run(eventId)
      })
    },
    async retry(id, at, answer, isFree = false) {
      database
        .query(
          'update deliveries set next_at = ?, last_answer = coalesce(?, last_answer), attempts = attempts - ? where id = ?',
        )
        .run(at.getTime(), answer, Number(isFree), id)
    },
    async log({ eventId, limit }) {
      const rows = eventId
        ? database
            .query<Row, [string, number]>('select * from deliveries where event_id = ? order by id desc limit ?')
            .all(eventId, limit)
        : database.query<Row, [number]>('select * from deliveries order by id desc limit ?').all(limit)
      return rows.map(toDelivery)
    },
    async nextAt() {
      const row = database
        .query<{ at: number | null }, []>("select min(next_at) as at from deliveries where status = 'due'")
        .get()
      return row?.at ? new Date(row.at) : null
    },
    resend: async (eventId, now) =>
      database
        .query("update deliveries set status = 'due', attempts = 0, next_at = ? where event_id = ?")
        .run(now.getTime(), eventId).changes,
  }
}

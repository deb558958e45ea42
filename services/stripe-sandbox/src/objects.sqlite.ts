import type { Database } from 'bun:sqlite'
import { isListening, toEvent } from './event.rules.ts'
import { randomId } from './keys.ts'
import type { Change, ListQuery, ObjectRepository, Stored, StripeObject } from './objects.repository.ts'
import type { Group } from './sqlite.ts'
import type { StorageDeps } from './storage.ts'

interface Row {
  account: string
  version: number
  body: string
  hidden: string
}

const toStored = (row: Row | null): Stored | null =>
  row && { account: row.account, object: JSON.parse(row.body), hidden: JSON.parse(row.hidden), version: row.version }

const challengeOf = (hidden: Record<string, unknown> = {}): string | null => {
  const { challenge } = hidden
  const attempt = typeof challenge === 'object' && challenge !== null ? Reflect.get(challenge, 'attempt') : null
  return typeof attempt === 'string' ? attempt : null
}

function whereOf(account: string, query: ListQuery): { where: string; values: (string | number)[] } {
  const parts: [string, (string | number)[]][] = [['account = ? and kind = ?', [account, query.kind]]]
  for (const [field, value] of Object.entries(query.equal ?? {})) {
    // Field names are the list service's own, never the caller's.
    const column = field === 'payment_intent' ? 'intent' : `json_extract(body, '$.${field}')`
    parts.push([`${column} = ?`, [typeof value === 'boolean' ? Number(value) : value]])
  }
  if (query.types)
    parts.push([`json_extract(body, '$.type') in (${query.types.map(() => '?').join()})`, [...query.types]])
  const bounds = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const
  for (const [name, sign] of Object.entries(bounds)) {
    const value = query.created?.[name as keyof typeof bounds] // the keys of `bounds` are those of `created`
    if (value !== undefined) parts.push([`created ${sign} ?`, [value]])
  }
  if (query.hasPendingWebhooks !== undefined) {
    parts.push([`json_extract(body, '$.pending_webhooks') ${query.hasPendingWebhooks ? '>' : '='} 0`, []])
  }
  return { where: parts.map(([sql]) => sql).join(' and '), values: parts.flatMap(([, values]) => values) }
}

export function sqliteObjectRepository(
  database: Database,
  group: Group,
  { now, onWork }: StorageDeps,
): ObjectRepository {
  const byId = database.query<Row, [string, string]>('select * from objects where id = ? and account = ?')
  const insert = database.query(
    'insert into objects (id, account, kind, seq, version, created, challenge, intent, body, hidden) values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)',
  )
  const update = database.query(
    'update objects set body = ?, hidden = ?, challenge = ?, version = version + 1 where id = ? and account = ?',
  )
  const versionOf = database.query<{ version: number; account: string }, [string]>(
    'select version, account from objects where id = ?',
  )
  const enqueue = database.query(
    "insert into deliveries (account, event_id, endpoint_id, status, attempts, next_at) values (?, ?, ?, 'due', 0, ?)",
  )
  const later = database.query('update objects set later_at = ? where id = ? and account = ?')
  const remove = database.query('delete from objects where id = ? and account = ?')
  const claimLater = database.query<Row, [number, number]>(
    'update objects set later_at = ? where id = (select id from objects where later_at <= ? order by later_at limit 1) returning *',
  )
  const nextLater = database.query<{ at: number | null }, []>(
    'select min(later_at) as at from objects where later_at is not null',
  )
  let lastSeq = database.query<{ top: number | null }, []>('select max(seq) as top from objects').get()?.top ?? 0

  function create(account: string, object: StripeObject, hidden: Record<string, unknown> = {}) {
    lastSeq = Math.max(lastSeq + 1, Date.now() * 1000)
    const { id, object: kind, created } = object
    const bodies = [JSON.stringify(object), JSON.stringify(hidden)] as const
    const intent = typeof object.payment_intent === 'string' ? object.payment_intent : null
    insert.run(id, account, kind, lastSeq, created, challengeOf(hidden), intent, ...bodies)
  }

  /** Answers how many deliveries they make. */
  function saveEvents({ account, events = [], request }: Change): number {
    if (events.length === 0) return 0
    let count = 0
    const rows = database
      .query<{ body: string }, [string]>("select body from objects where account = ? and kind = 'webhook_endpoint'")
      .all(account)
    const endpoints: StripeObject[] = rows.map(({ body }) => JSON.parse(body))
    for (const draft of events) {
      const listening = endpoints.filter((endpoint) => isListening(endpoint, draft.type))
      const event = toEvent(randomId('evt'), draft, request, now(), listening.length)
      create(account, event)
      for (const endpoint of listening) enqueue.run(account, event.id, endpoint.id, now().getTime())
      count += listening.length
    }
    return count
  }

  /** False when somebody else changed what it updates, or made what it creates. */
  function isCurrent({ update: updates = [], create: creations = [] }: Change): boolean {
    const isUnchanged = ({ account, object, version }: Stored) => {
      const known = versionOf.get(object.id)
      return known?.version === version && known.account === account
    }
    return updates.every(isUnchanged) && !creations.some(({ object }) => versionOf.get(object.id))
  }

  /** Whether it leaves something to deliver or to do later. */
  function apply(change: Change): { hasWork: boolean } {
    for (const { account, object, hidden } of change.update ?? []) {
      const bodies = [JSON.stringify(object), JSON.stringify(hidden)] as const
      update.run(...bodies, challengeOf(hidden), object.id, account)
    }
    for (const { object, hidden } of change.create ?? []) create(change.account, object, hidden)
    for (const { id, at } of change.later ?? []) later.run(at?.getTime() ?? null, id, change.account)
    return { hasWork: saveEvents(change) > 0 || Boolean(change.later?.length) }
  }

  return {
    find: async (account, id) => toStored(byId.get(id, account)),
    accountOf: async (id) =>
      database.query<{ account: string }, [string]>('select account from objects where id = ?').get(id)?.account ??
      null,
    findByChallenge: async (attempt) =>
      toStored(database.query<Row, [string]>('select * from objects where challenge = ?').get(attempt)),
    async list(account, query) {
      const { where, values } = whereOf(account, query)
      const edge = query.startingAfter ?? query.endingBefore
      const seq = edge ? `and seq ${query.endingBefore ? '>' : '<'} (select seq from objects where id = ?)` : ''
      const rows = database
        .query<{ body: string }, (string | number)[]>(
          `select body from objects where ${where} ${seq} order by seq ${query.endingBefore ? 'asc' : 'desc'} limit ?`,
        )
        .all(...values, ...(edge ? [edge] : []), query.limit + 1)
      const items: StripeObject[] = rows.slice(0, query.limit).map(({ body }) => JSON.parse(body))
      return { items: query.endingBefore ? items.reverse() : items, hasMore: rows.length > query.limit }
    },
    async balance(account, at) {
      const sum = (sign: string) =>
        `sum(case when json_extract(body, '$.available_on') ${sign} ?1 then json_extract(body, '$.net') else 0 end)`
      return database
        .query<{ currency: string; available: number; pending: number }, [number, string]>(
          `select json_extract(body, '$.currency') as currency, ${sum('<=')} as available, ${sum('>')} as pending
           from objects where account = ?2 and kind = 'balance_transaction' group by 1 order by 1`,
        )
        .all(at, account)
    },
    async commit(change) {
      const outcome = group.join(() => (isCurrent(change) ? apply(change) : 'stale'))
      if (outcome === 'stale') return outcome
      if (outcome.hasWork) group.settled().then(onWork, () => undefined)
      return 'done'
    },
    remove: async (account, id) => group.join(() => remove.run(id, account)).changes === 1,
    async claimLater(at, leaseUntil) {
      const next = nextLater.get()?.at
      // Looked at often and seldom due: no transaction for that.
      if (!next || next > at.getTime()) return null
      return toStored(group.join(() => claimLater.get(leaseUntil.getTime(), at.getTime())))
    },
    async nextLaterAt() {
      const next = nextLater.get()?.at
      return next ? new Date(next) : null
    },
  }
}

import type { Database } from 'bun:sqlite'
import { type IdempotencyRepository, KEPT_MS, type KeyClaim, LOCK_MS } from './idempotency.repository.ts'
import { timedLetters } from './keys.ts'
import type { Group } from './sqlite.ts'

interface Row {
  fingerprint: string
  seed: string
  locked_at: number
  reply_status: number | null
  reply_body: string | null
}

export function sqliteIdempotencyRepository(database: Database, group: Group): IdempotencyRepository {
  const idOf = (account: string, key: string) => `${account}:${key}`
  const prune = database.query('delete from idempotency_keys where created_at < ?')
  const byId = database.query<Row, [string]>('select * from idempotency_keys where id = ?')
  const insert = database.query(
    'insert into idempotency_keys (id, fingerprint, seed, locked_at, created_at) values (?, ?, ?, ?, ?)',
  )
  let prunedAt = 0

  const save = database.query('update idempotency_keys set reply_status = ?, reply_body = ? where id = ?')

  function claim(id: string, fingerprint: string, now: number): KeyClaim {
    if (Math.abs(now - prunedAt) > 1000) {
      prune.run(now - KEPT_MS)
      prunedAt = now
    }
    const known = byId.get(id)
    if (!known) {
      const seed = timedLetters(24)
      insert.run(id, fingerprint, seed, now, now)
      return { state: 'mine', seed }
    }
    if (known.fingerprint !== fingerprint) return { state: 'mismatch' }
    if (known.reply_status !== null && known.reply_body !== null) {
      return { state: 'replay', reply: { status: known.reply_status, body: known.reply_body } }
    }
    if (known.locked_at >= now - LOCK_MS) return { state: 'in_use' }
    database.query('update idempotency_keys set locked_at = ? where id = ?').run(now, id)
    return { state: 'mine', seed: known.seed }
  }

  return {
    claim: async (account, key, fingerprint, now) =>
      group.join(() => claim(idOf(account, key), fingerprint, now.getTime())),
    async save(account, key, { status, body }) {
      group.join(() => save.run(status, body, idOf(account, key)))
    },
    async free(account, key) {
      const drop = database.query('delete from idempotency_keys where id = ? and reply_status is null')
      group.join(() => drop.run(idOf(account, key)))
    },
  }
}

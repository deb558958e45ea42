import { Database } from 'bun:sqlite'

const TABLES = `
create table if not exists objects (
  id text primary key, account text not null, kind text not null, seq integer not null, version integer not null,
  created integer not null, challenge text, later_at integer, body text not null, hidden text not null);
create index if not exists objects_list on objects (account, kind, seq);
create index if not exists objects_intent on objects (account, json_extract(body, '$.payment_intent'), kind);
create unique index if not exists objects_challenge on objects (challenge) where challenge is not null;
create index if not exists objects_later on objects (later_at) where later_at is not null;
create table if not exists deliveries (
  id integer primary key, account text not null, event_id text not null, endpoint_id text not null,
  status text not null, attempts integer not null, next_at integer not null, last_answer text);
create index if not exists deliveries_due on deliveries (next_at) where status = 'due';
create index if not exists deliveries_event on deliveries (event_id);
create table if not exists idempotency_keys (
  id text primary key, fingerprint text not null, seed text not null, locked_at integer not null,
  created_at integer not null, reply_status integer, reply_body text) without rowid;
create index if not exists idempotency_created on idempotency_keys (created_at);
`

/** Opens the embedded store: a file that survives a crash, or `:memory:`. */
export function openSqlite(path: string): Database {
  const database = new Database(path, { create: true, strict: true })
  database.run('pragma journal_mode = wal')
  database.run('pragma synchronous = normal')
  database.run('pragma busy_timeout = 5000')
  // Each time the log is written back, everybody waits for the disk: seldom, and much at once.
  database.run('pragma wal_autocheckpoint = 8000')
  // Kilobytes.
  database.run('pragma cache_size = -16000')
  database.run(TABLES)
  return database
}

/** Writes that share a commit. */
export interface Group {
  /** Does `work` in the transaction that is open; it is undone alone when it throws. */
  join<T>(work: () => T): T
  /** Resolves once everything joined so far is committed. */
  settled(): Promise<void>
}

/**
 * One commit for all that is written in the same turn of the event loop: the claim of a key, what is done under it and
 * its reply belong together anyway, and those of parallel requests may share it.
 */
export function groupCommits(database: Database): Group {
  let open: PromiseWithResolvers<void> | null = null

  function commit() {
    const group = open
    open = null
    try {
      database.run('commit')
      group?.resolve()
    } catch (error) {
      if (database.inTransaction) database.run('rollback')
      group?.reject(error)
    }
  }

  return {
    join(work) {
      if (!open) {
        database.run('begin immediate')
        open = Promise.withResolvers()
        // Who joined and does not wait must not make a failed commit an unhandled one.
        open.promise.catch(() => undefined)
        setImmediate(commit)
      }
      return database.transaction(work)()
    },
    settled: () => open?.promise ?? Promise.resolve(),
  }
}

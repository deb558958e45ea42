import { Database } from 'bun:sqlite'

const TABLES = `
create table if not exists objects (
  id text primary key, account text not null, kind text not null, seq integer not null, version integer not null,
  created integer not null, challenge text, later_at integer, intent text, body text not null, hidden text not null);
create index if not exists objects_list on objects (account, kind, seq);
create index if not exists objects_intent on objects (intent, kind) where intent is not null;
create unique index if not exists objects_challenge on objects (challenge) where challenge is not null;
create index if not exists objects_later on objects (later_at) where later_at is not null;
create table if not exists deliveries (
  id integer primary key, account text not null, event_id text not null, endpoint_id text not null,
  status text not null, attempts integer not null, next_at integer not null, last_answer text);
create index if not exists deliveries_due on deliveries (next_at) where status = 'due';
create index if not exists deliveries_event on deliveries (event_id);
create table if not exists idempotency_keys (
  id text primary key, fingerprint text not null, seed text not null, locked_at integer not null,
  created_at integer not null, reply_status integer, reply_body text);
create index if not exists idempotency_created on idempotency_keys (created_at);
`

/** Files of before the column `intent` looked payments up in the text of every object. */
function upgrade(database: Database) {
  const columns = database.query<{ name: string }, []>("select name from pragma_table_info('objects')").all()
  if (columns.length === 0 || columns.some(({ name }) => name === 'intent')) return
  database.run(`
    begin immediate;
    drop index if exists objects_intent;
    alter table objects add column intent text;
    update objects set intent = json_extract(body, '$.payment_intent');
    commit;`)
}

/** Opens the embedded store: a file that survives a crash, or `:memory:`. */
export function openSqlite(path: string): Database {
  const database = new Database(path, { create: true, strict: true })
  database.run('pragma journal_mode = wal')
  // A killed process loses nothing, as the system has every commit. Waiting for the disk as well, which only a power cut
  // would reward, stood everybody still for a tenth of a second each time the log was written back.
  database.run('pragma synchronous = off')
  database.run('pragma busy_timeout = 5000')
  // Pages, until the log is written back: few, as everybody waits meanwhile.
  database.run('pragma wal_autocheckpoint = 2000')
  // Kilobytes.
  database.run('pragma cache_size = -16000')
  upgrade(database)
  database.run(TABLES)
  return database
}

/** Writes that share a commit. */
export interface Group {
  /** Does `work` in the transaction that is open. What throws has failed for all who share it. */
  join<T>(work: () => T): T
  /** Resolves once everything joined so far is committed, and rejects when it was undone. */
  settled(): Promise<void>
}

interface OpenGroup extends PromiseWithResolvers<void> {
  failure: { error: unknown } | null
}

/**
 * One commit for all that is written in the same turn of the event loop: the claim of a key, what is done under it and
 * its reply belong together anyway, and those of parallel requests may share it. Nobody has a savepoint of their own,
 * which would cost more than the writes: who may have to refuse looks before writing.
 */
export function groupCommits(database: Database): Group {
  let open: OpenGroup | null = null

  function begin(): OpenGroup {
    database.run('begin immediate')
    const group = { ...Promise.withResolvers<void>(), failure: null }
    // Who joined and does not wait must not make a failed commit an unhandled one.
    group.promise.catch(() => undefined)
    setImmediate(() => commit(group))
    open = group
    return group
  }

  function undo(group: OpenGroup, error: unknown) {
    group.failure = { error }
    if (database.inTransaction) database.run('rollback')
  }

  function commit(group: OpenGroup) {
    open = null
    try {
      if (!group.failure) database.run('commit')
    } catch (error) {
      undo(group, error)
    }
    if (group.failure) group.reject(group.failure.error)
    else group.resolve()
  }

  return {
    join(work) {
      const group = open ?? begin()
      if (group.failure) throw group.failure.error
      try {
        return work()
      } catch (error) {
        undo(group, error)
        throw error
      }
    },
    settled: () => open?.promise ?? Promise.resolve(),
  }
}

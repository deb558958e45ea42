import { Database } from 'bun:sqlite'
import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupCommits, openSqlite } from './sqlite.ts'
import { sqliteStorage } from './storage.sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'sandbox-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('what is written in one turn is committed together, and what throws fails for all who share it', async () => {
  const database = openSqlite(':memory:')
  database.run('create table notes (text text not null)')
  const write = (text: string | null) => () => database.query('insert into notes values (?)').run(text)
  const notes = () => database.query<{ text: string }, []>('select text from notes').all()
  const group = groupCommits(database)

  group.join(write('first'))
  group.join(write('second'))
  await group.settled()
  expect(notes()).toHaveLength(2)

  group.join(write('shares the turn'))
  expect(() => group.join(write(null))).toThrow(/NOT NULL/)
  expect(() => group.join(write('comes after'))).toThrow(/NOT NULL/)
  expect(group.settled()).rejects.toThrow(/NOT NULL/)
  await group.settled().catch(() => undefined)
  expect(notes()).toHaveLength(2)

  group.join(write('third'))
  await group.settled()
  expect(notes()).toHaveLength(3)
})

test('a change that somebody else was faster with is refused whole, before anything of it is written', async () => {
  const { objects, settled, close } = await sqliteStorage(':memory:')({
    now: () => new Date(),
    onWork: () => undefined,
  })
  const object = (id: string) => ({ id, object: 'customer', created: 0 })
  const account = 'acct_1'
  await objects.commit({ account, create: [{ object: object('cus_1') }, { object: object('cus_2') }] })
  const [one, two] = [await objects.find(account, 'cus_1'), await objects.find(account, 'cus_2')]
  if (!one || !two) throw new Error('They were just made.')
  expect(await objects.commit({ account, update: [two] })).toBe('done')
  expect(await objects.commit({ account, update: [one, two] })).toBe('stale')
  expect(await objects.commit({ account, create: [{ object: object('cus_3') }, { object: object('cus_1') }] })).toBe(
    'stale',
  )
  await settled()
  expect(await objects.find(account, 'cus_1')).toMatchObject({ version: 1 })
  expect(await objects.find(account, 'cus_3')).toBeNull()
  await close()
})

test('a file of before is taken over with all it holds', async () => {
  const path = join(folder, 'before.sqlite')
  const before = new Database(path, { create: true })
  before.run(`
    create table objects (
      id text primary key, account text not null, kind text not null, seq integer not null, version integer not null,
      created integer not null, challenge text, later_at integer, body text not null, hidden text not null);
    create index objects_intent on objects (account, json_extract(body, '$.payment_intent'), kind);
    insert into objects values ('ch_1', 'acct_1', 'charge', 1, 1, 0, null, null,
      '{"id":"ch_1","object":"charge","created":0,"payment_intent":"pi_1"}', '{}');`)
  before.close()
  for (const _opening of ['the first', 'the second']) {
    const { objects, close } = await sqliteStorage(path)({ now: () => new Date(), onWork: () => undefined })
    const { items } = await objects.list('acct_1', { kind: 'charge', limit: 1, equal: { payment_intent: 'pi_1' } })
    expect(items).toMatchObject([{ id: 'ch_1' }])
    await close()
  }
})

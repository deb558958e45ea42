import { afterAll, beforeAll, expect, test } from 'bun:test'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import type { Connection } from 'mongoose'
import { blankAccount } from './credentials.service.ts'
import { DEMO_ACCOUNTS, prepareDemo } from './demo.ts'
import { createPasswordHasher } from './password.argon2.ts'
import { mongoSigningKeys } from './signing-key.mongo.ts'
import { createMongoStore } from './store.mongo.ts'
import type { AuthStore } from './store.repository.ts'

const now = new Date('2026-03-01T10:00:00Z')
const open: Connection[] = []
let url: string

async function connect(name: string): Promise<Connection> {
  const connection = await connectMongo(url, name, silentLog())
  open.push(connection)
  return connection
}

let store: AuthStore
let connection: Connection
beforeAll(async () => {
  url = (await startTestMongo()).url
  connection = await connect(newId('auth').replace('_', '-'))
  store = createMongoStore(connection).store
  await ensureIndexes(connection)
})
afterAll(async () => {
  for (const each of open) await each.close()
})

const person = (email: string) => blankAccount({ email, name: 'P', passwordHash: null, roles: ['customer'] }, now)

test('a failed transaction leaves neither the account nor its event', async () => {
  const account = person('rolled-back@example.com')
  const failing = store.transaction(async (tx) => {
    await tx.users.add(account)
    await tx.publish('user.registered', { userId: account.id, email: account.email, name: 'P' })
    throw new Error('on purpose')
  })
  expect(failing).rejects.toThrow('on purpose')
  await failing.catch(() => {})
  expect(await store.users.findById(account.id)).toBeNull()
  expect(await connection.collection('outbox').countDocuments()).toBe(0)
})

test('an event outside of a transaction is refused', async () => {
  const publish = store.publish('user.registered', { userId: 'u', email: 'e', name: 'n' })
  expect(publish).rejects.toThrow('within a transaction')
})

test('a refresh token is spent by the first and reported as reused to the next', async () => {
  const expiresAt = new Date(now.getTime() + 1000)
  await store.sessions.addRefreshToken({ hash: 'h1', sessionId: 's1', userId: 'u1', expiresAt })
  expect(await store.sessions.spendRefreshToken('h1', now)).toEqual({ outcome: 'fresh', sessionId: 's1', userId: 'u1' })
  expect(await store.sessions.spendRefreshToken('h1', now)).toMatchObject({ outcome: 'reused', sessionId: 's1' })
  await store.sessions.addRefreshToken({ hash: 'h2', sessionId: 's1', userId: 'u1', expiresAt })
  expect(await store.sessions.spendRefreshToken('h2', expiresAt)).toEqual({ outcome: 'unknown' })
})

test('a one-time token is spent once, for its purpose, in its time', async () => {
  const token = {
    hash: 't1',
    userId: 'u1',
    purpose: 'verify-email' as const,
    createdAt: now,
    expiresAt: new Date(now.getTime() + 1000),
  }
  await store.oneTimeTokens.issue(token)
  expect(await store.oneTimeTokens.spend('t1', 'reset-password', now)).toBeNull()
  const spent = await Promise.all([1, 2, 3].map(() => store.oneTimeTokens.spend('t1', 'verify-email', now)))
  expect(spent.filter(Boolean)).toEqual(['u1'])
})

test('replicas that start together agree on one signing key', async () => {
  const name = newId('keys').replace('_', '-')
  const connections = await Promise.all([1, 2, 3].map(() => connect(name)))
  const sets = await Promise.all(connections.map((each) => mongoSigningKeys(each).load(now)))
  expect(new Set(sets.map(([key]) => key?.kid)).size).toBe(1)
  expect(sets.map((keys) => keys.length)).toEqual([1, 1, 1])
})

test('demo accounts are seeded once and never in a public shop', async () => {
  const demo = { store, hasher: createPasswordHasher(), clock: { now: () => now } }
  await prepareDemo({ ...demo, isWanted: false, isPublic: true })
  await prepareDemo({ ...demo, isWanted: true, isPublic: false })
  const first = await store.users.findByEmail('admin@vitrine.test')
  await prepareDemo({ ...demo, isWanted: true, isPublic: false })
  expect(await store.users.findByEmail('admin@vitrine.test')).toEqual(first)
  expect(first?.roles).toEqual(['admin'])
  const { items } = await store.users.list({ text: '@vitrine.test', limit: 100 })
  expect(items).toHaveLength(DEMO_ACCOUNTS.length)
  expect(prepareDemo({ ...demo, isWanted: true, isPublic: true })).rejects.toThrow('SEED_DEMO')
  expect(prepareDemo({ ...demo, isWanted: false, isPublic: true })).rejects.toThrow('admin@vitrine.test')
})

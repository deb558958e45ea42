import { expect, test } from 'bun:test'
import { createBoundedQueue } from './bounded-queue.ts'
import { DEMO_ACCOUNTS } from './demo.ts'
import { createPasswordHasher } from './password.argon2.ts'
import { passwordFault } from './password.rules.ts'

test('passwords everybody uses are refused whatever their case', () => {
  for (const common of ['password', 'PASSWORD123', 'qwertyuiop', 'iloveyou1'])
    expect(passwordFault(common, { email: 'a@example.com' })).toContain('most used')
  expect(passwordFault('correct horse battery staple', { email: 'a@example.com' })).toBeNull()
  for (const { email, password } of DEMO_ACCOUNTS) expect(passwordFault(password, { email })).toBeNull()
})

test('hashes are argon2id of the agreed cost and verify only their own password', async () => {
  const hasher = createPasswordHasher()
  const hash = await hasher.hash('a perfectly fine one')
  expect(hash).toStartWith('$argon2id$v=19$m=19456,t=2,p=1$')
  expect(await hasher.verify(hash, 'a perfectly fine one')).toBe(true)
  expect(await hasher.verify(hash, 'a perfectly fine two')).toBe(false)
  expect(await hasher.verify(null, 'a perfectly fine one')).toBe(false)
  expect(hasher.isOutdated(hash)).toBe(false)
  expect(hasher.isOutdated('$argon2id$v=19$m=4096,t=3,p=1$abc')).toBe(true)
})

test('hashing leaves the event loop free', async () => {
  const hasher = createPasswordHasher()
  let ticks = 0
  const timer = setInterval(() => ticks++, 2)
  await Promise.all([1, 2, 3, 4].map((n) => hasher.hash(`some password ${n}`)))
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(5)
})

test('a full queue refuses at once and lets those inside finish in order', async () => {
  const queue = createBoundedQueue({ running: 2, waiting: 2 }, () => new Error('full'))
  const gate = Promise.withResolvers<void>()
  let running = 0
  let most = 0
  const work = (name: string) =>
    queue.run(async () => {
      most = Math.max(most, ++running)
      await gate.promise
      running--
      return name
    })
  const inside = [work('a'), work('b'), work('c'), work('d')]
  expect(work('e')).rejects.toThrow('full')
  gate.resolve()
  expect(await Promise.all(inside)).toEqual(['a', 'b', 'c', 'd'])
  expect(most).toBe(2)
  expect(await work('f')).toBe('f')
})

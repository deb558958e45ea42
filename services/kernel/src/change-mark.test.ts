import { expect, test } from 'bun:test'
import { shareReading } from '@vitrine/contracts/change-mark'
import { announcing, redisChangeMark } from './change-mark.ts'
import { newId } from './ids.ts'
import { silentLog } from './log.ts'
import { connectRedis } from './redis.ts'
import { startTestRedis } from './stores.testing.ts'

test('readers share readings, and nobody gets one that began before they asked', async () => {
  let begun = 0
  const waiting: (() => void)[] = []
  const read = shareReading(async () => {
    const number = ++begun
    await new Promise<void>((resolve) => waiting.push(resolve))
    return number
  })
  const first = read()
  const during = [read(), read(), read()]
  waiting.shift()?.()
  expect(await first).toBe(1)
  await Promise.resolve()
  waiting.shift()?.()
  expect(await Promise.all(during)).toEqual([2, 2, 2])
  const later = read()
  waiting.shift()?.()
  expect(await later).toBe(3)
})

test('a reading that failed is not shared with those who come later', async () => {
  let isAway = true
  const read = shareReading(async () => {
    if (isAway) throw new Error('away')
    return 'here'
  })
  expect(await Promise.allSettled([read(), read()])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  isAway = false
  expect(await read()).toBe('here')
})

test('a lost connection counts as a change, and no connection as not knowing', async () => {
  const redis = await connectRedis((await startTestRedis()).url, silentLog())
  const mark = redisChangeMark(redis, newId('mark'))
  expect(await mark.read()).toBeNull()
  expect(await mark.renew()).toBe(true)
  const before = await mark.read()
  expect(await mark.read()).toBe(before)
  const isBack = new Promise((resolve) => redis.once('ready', resolve))
  redis.disconnect(true)
  await isBack
  expect(await mark.read()).not.toBe(before)
  redis.disconnect()
  expect(await mark.read()).toBeNull()
  expect(await mark.renew()).toBe(false)
})

test('a store announces its changes when they are done, also those whose outcome it does not know', async () => {
  const said: string[] = []
  const mark = { read: async () => null, renew: async () => said.push('announced') > 0 }
  const store = announcing(
    {
      save: async (name: string) => said.push(name),
      lose: async () => {
        throw new Error('lost')
      },
      sweep: async () => 0,
      find: async () => said.push('found'),
    },
    ['save', 'lose', 'sweep'],
    mark,
  )
  await store.save('saved')
  await store.lose().catch(() => undefined)
  await store.sweep()
  await store.find()
  expect(said).toEqual(['saved', 'announced', 'announced', 'found'])
})

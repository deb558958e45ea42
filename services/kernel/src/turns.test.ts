import { expect, test } from 'bun:test'
import { createTurns } from './turns.ts'

test('work on the same key runs one at a time, in order, and a failure does not hold up the next', async () => {
  const inTurn = createTurns()
  const log: string[] = []
  const step = (name: string, keys: string[], isFailing = false) =>
    inTurn(keys, async () => {
      log.push(`${name} begins`)
      await Promise.resolve()
      log.push(`${name} ends`)
      if (isFailing) throw new Error(name)
    }).catch(() => undefined)
  await Promise.all([step('first', ['a', 'b'], true), step('second', ['b']), step('third', ['a'])])
  expect(log.indexOf('first ends')).toBeLessThan(log.indexOf('second begins'))
  expect(log.indexOf('first ends')).toBeLessThan(log.indexOf('third begins'))
})

test('crossing keys never wait for each other for ever', async () => {
  const inTurn = createTurns()
  const done = await Promise.all(
    Array.from({ length: 50 }, (_, index) => inTurn(index % 2 ? ['a', 'b'] : ['b', 'a'], async () => index)),
  )
  expect(done).toHaveLength(50)
})

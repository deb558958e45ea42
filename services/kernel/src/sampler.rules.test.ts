import { expect, test } from 'bun:test'
import { childOf } from '@vitrine/contracts/trace'
import { samplerOf } from './sampler.rules.ts'

const kept = { ...childOf(null), isSampled: true }
const left = { ...childOf(null), isSampled: false }

test('a sampler of a share keeps that share of the traces, and every process the same ones', () => {
  const ids = Array.from({ length: 2000 }, () => childOf(null).traceId)
  const keep = samplerOf('traceidratio', 0.25)
  const share = ids.filter((id) => keep(id, null)).length / ids.length
  expect(share).toBeGreaterThan(0.2)
  expect(share).toBeLessThan(0.3)
  const again = samplerOf('parentbased_traceidratio', 0.25)
  expect(ids.filter((id) => again(id, null))).toEqual(ids.filter((id) => keep(id, null)))
})

test('one that follows the caller decides only where a trace begins', () => {
  const answers = (name: Parameters<typeof samplerOf>[0]) =>
    [null, kept, left].map((parent) => samplerOf(name, 0)(kept.traceId, parent))
  expect(answers('parentbased_always_on')).toEqual([true, true, false])
  expect(answers('parentbased_always_off')).toEqual([false, true, false])
  expect(answers('parentbased_traceidratio')).toEqual([false, true, false])
  expect(answers('always_on')).toEqual([true, true, true])
  expect(answers('always_off')).toEqual([false, false, false])
  expect(answers('traceidratio')).toEqual([false, false, false])
})

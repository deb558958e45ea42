import { expect, test } from 'bun:test'
import { runChaos } from './chaos.run.ts'

test('shoppers and faults together break no invariant of the checkout', async () => {
  const seed = Math.floor(Math.random() * 1_000_000)
  const report = await runChaos({ seed, checkouts: 14, faults: 5, spanMs: 12_000, quietMs: 40_000 })
  const shown = { seed, violations: report.violations }
  expect(shown).toEqual({ seed, violations: [] })
  expect(report.samples).toBeGreaterThan(5)
}, 90_000)

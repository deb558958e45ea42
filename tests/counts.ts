import { readFile } from 'node:fs/promises'
import { z } from 'zod'

export interface Counts {
  passed: number
  failed: number
}

/** The counts of a junit report; a run that wrote none counts as one failure. */
export async function junitCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const suites = /<testsuites[^>]*>/.exec(text)?.[0] ?? ''
  const attribute = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suites)?.[1] ?? 0)
  const tests = attribute('tests')
  if (tests === 0) return { passed: 0, failed: 1 }
  const failed = attribute('failures') + attribute('errors')
  return { passed: tests - failed - attribute('skipped'), failed }
}

const Report = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
})

/** The counts of a Playwright JSON report. A test that passed only on a second try counts as failed. */
export async function playwrightCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => '')
  if (text === '') return { passed: 0, failed: 1 }
  const { stats, errors } = Report.parse(JSON.parse(text))
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

export const sum = (all: Counts[]): Counts => ({
  passed: all.reduce((total, one) => total + one.passed, 0),
  failed: all.reduce((total, one) => total + one.failed, 0),
})

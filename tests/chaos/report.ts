import { MongoClient } from 'mongodb'
import type { MeshState } from '../mesh.process.ts'
import type { ChaosReport } from './chaos.run.ts'
import { INVARIANTS, upperBound } from './invariants.rules.ts'

/** Which programs the run was made against. */
export async function componentsOf({ mongo, replicas }: MeshState): Promise<string> {
  const client = await new MongoClient(mongo).connect()
  const { version } = await client.db('admin').command({ buildInfo: 1 })
  await client.close()
  const services = [...new Set(replicas.map(({ service }) => service))].sort().join(', ')
  return `Bun ${Bun.version}, mongod ${version}, ${process.platform} ${process.arch}\nServices: ${services}`
}

const counted = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

export function reportOf(report: ChaosReport, checkouts: number): string {
  const placed = Object.values(report.orders).reduce((sum, count) => sum + count, 0)
  const broken = new Map<string, string[]>()
  for (const { invariant, what } of report.violations) broken.set(invariant, [...(broken.get(invariant) ?? []), what])
  const lines = Object.keys(INVARIANTS).map((name) => {
    const found = broken.get(name) ?? []
    return [
      `  ${name.padEnd(4)} ${found.length === 0 ? 'holds' : `${found.length} violations`}`,
      ...found.map((what) => `         ${what}`),
    ].join('\n')
  })
  const bound = (upperBound(placed) * 100).toFixed(2)
  return [
    `Checkouts: ${checkouts} begun, ${placed} orders placed (${counted(report.orders)}), ${report.gaveUp} shoppers gave up`,
    `Payments: ${report.succeededPayments} succeeded, ${report.refunds} refunds, ${report.mails} mails, ${report.samples} looks at the stock`,
    `Faults: ${counted(report.faults)}`,
    `Quiet after ${Math.round(report.quietedAfterMs / 1000)} s`,
    ...lines,
    report.violations.length === 0
      ? `0 violations in ${placed} orders: with 95 % confidence fewer than ${bound} % of orders break an invariant.`
      : `${report.violations.length} violations. The seed is ${report.seed}.`,
  ].join('\n')
}

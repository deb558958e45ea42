import { MongoClient } from 'mongodb'
import type { MeshState } from '../mesh.process.ts'
import type { ChaosReport } from './chaos.run.ts'
import { INVARIANTS, upperBound } from './invariants.rules.ts'
import { FAILPOINTS, FAULTS } from './plan.rules.ts'

/** Which programs the run was made against. */
export async function componentsOf({ mongo, redis, traefikApi, replicas }: MeshState): Promise<string> {
  const client = await new MongoClient(mongo).connect()
  const { version } = await client.db('admin').command({ buildInfo: 1 })
  await client.close()
  const store = new Bun.RedisClient(redis)
  const info = String(await store.send('INFO', ['server']))
  store.close()
  const traefik: { Version?: string } = await (await fetch(`${traefikApi}/api/version`)).json()
  const commit = Bun.spawnSync(['git', 'rev-parse', '--short', 'HEAD']).stdout.toString().trim() || 'unknown'
  const services = [...new Set(replicas.map(({ service }) => service))].sort().join(', ')
  const redisVersion = /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown'
  return [
    `Vitrine at ${commit}, Bun ${Bun.version}, mongod ${version}, Redis ${redisVersion}, Traefik ${traefik.Version ?? 'unknown'}, ${process.platform} ${process.arch}`,
    `Services: ${services}`,
  ].join('\n')
}

const counted = (counts: Record<string, number>) =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none'

/** Faults that the run never saw, out of all there are. */
export const unusedFaults = ({ faults }: ChaosReport): string[] =>
  [...FAULTS.filter((fault) => fault !== 'failpoint'), ...FAILPOINTS.map((point) => `failpoint ${point}`)].filter(
    (name) => !faults[name],
  )

function invariantLines({ violations }: ChaosReport): string[] {
  const broken = Map.groupBy(violations, ({ invariant }) => invariant)
  return Object.keys(INVARIANTS).map((name) => {
    const found = broken.get(name) ?? []
    return [
      `  ${name.padEnd(4)} ${found.length === 0 ? 'holds' : `${found.length} violations`}`,
      ...found.slice(0, 20).map(({ what }) => `         ${what}`),
    ].join('\n')
  })
}

export function reportOf(report: ChaosReport): string {
  const placed = Object.values(report.orders).reduce((sum, count) => sum + count, 0)
  const seconds = Math.round(report.tookMs / 1000)
  const unused = unusedFaults(report)
  const bound = (upperBound(placed) * 100).toFixed(3)
  return [
    `Checkouts: ${report.begun} begun in ${seconds} s, ${placed} orders placed (${counted(report.orders)})`,
    `Shoppers: ${counted(report.outcomes)}`,
    `Payments: ${report.succeededPayments} succeeded, ${report.refunds} refunds, ${report.mails} mails, ${report.carts} baskets left, ${report.samples} looks at the stores meanwhile`,
    `Faults: ${counted(report.faults)}`,
    unused.length === 0 ? 'Every kind of fault and every failpoint was used.' : `Not used: ${unused.join(', ')}`,
    `Looked at after ${Math.round(report.quietedAfterMs / 1000)} s of quiet`,
    ...invariantLines(report),
    report.violations.length === 0
      ? `0 violations in ${placed} orders: with 95 % confidence fewer than ${bound} % of orders break an invariant (rule of three).`
      : `${report.violations.length} violations. The seed is ${report.seed}.`,
  ].join('\n')
}

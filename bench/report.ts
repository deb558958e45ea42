import { cpus, release, totalmem } from 'node:os'
import { median } from 'simple-statistics'
import type { Slice } from './slice.ts'
import { medianWithInterval, quietRounds } from './statistics.ts'

export interface Measured {
  title: string
  slices: Slice[]
}

const round = (value: number, digits = 0) => value.toFixed(digits)
const middleOf = (slices: Slice[], key: keyof Slice) => median(slices.map((slice) => slice[key]))

function row({ title, slices }: Measured, ceiling: Slice[], quiet: number[]): string {
  const kept = quiet.flatMap((index) => slices[index] ?? [])
  const ratios = quiet.map((index) => (slices[index]?.perSecond ?? 0) / (ceiling[index]?.perSecond ?? 1))
  const { low, middle, high } = medianWithInterval(ratios)
  const wrong = slices.reduce((sum, slice) => sum + slice.wrong, 0)
  const cells = [
    title,
    round(middleOf(kept, 'perSecond'), 1),
    `${round(middle * 100, 1)} % (${round(low * 100, 1)}-${round(high * 100, 1)})`,
    round(middleOf(kept, 'p50'), 1),
    round(middleOf(kept, 'p99'), 1),
    round(middleOf(kept, 'cpu'), 2),
    String(wrong),
  ]
  return `| ${cells.join(' | ')} |`
}

/** One line on where the processor time of an order goes, the dearest first. */
function orderCost(slices: Map<string, number>[]): string {
  const names = [...(slices[0]?.keys() ?? [])]
  const costs = names.map((name) => ({ name, cost: median(slices.map((slice) => slice.get(name) ?? 0)) }))
  const shown = costs.filter(({ cost }) => cost >= 0.1).sort((a, b) => b.cost - a.cost)
  return shown.map(({ name, cost }) => `${name} ${round(cost, 1)}`).join(', ')
}

/** The report as Markdown. Throughput is compared with the ceiling of the same round, never across runs. */
export function reportOf(
  ceiling: Measured,
  paths: Measured[],
  { start, orders }: { start: number[]; orders: Map<string, number>[] },
): string {
  const quiet = quietRounds(ceiling.slices.map((slice) => slice.perSecond))
  const rounds = ceiling.slices.length
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Bun ${Bun.version}`
  return [
    '# What the shop does per second',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}; load generator, stores and all services share these cores.`,
    `${rounds} rounds, interleaved; ${rounds - quiet.length} left out because the ceiling itself was more than 25 % off.`,
    rounds - quiet.length > rounds / 3 ? '**Too noisy: do not quote these numbers.**' : '',
    '',
    `Start with empty stores ${round(start[0] ?? 0, 1)} s, second start ${round(start[1] ?? 0, 1)} s (installed and built, until everything is healthy).`,
    '',
    '| path | per second | of the ceiling (95 %) | p50, ms | p99, ms | processor ms each | wrong replies |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...[ceiling, ...paths].map((one) => row(one, ceiling.slices, quiet)),
    '',
    `Processor milliseconds of an order by process, until it is confirmed: ${orderCost(orders)}.`,
    '',
    'Closed loop, 16 connections (orders: 4 buyers), so p99 is of a system kept full, not of a visitor on a quiet day. Processor time is that of Traefik, the stores and every service;',
    'every write is majority-acknowledged and journaled. A reply without the expected content counts as wrong. `npm run bench` makes this page.',
    '',
  ].join('\n')
}

import { join } from 'node:path'
import { measureOrders } from './buyers.ts'
import { startServer } from './child.server.ts'
import { pathsOf } from './paths.ts'
import { type Measured, reportOf } from './report.ts'
import { type Shop, startShop } from './shop.process.ts'
import { measure, type Path, type Slice } from './slice.ts'

interface Track {
  title: string
  run(seconds: number): Promise<Slice>
}

async function tracksOf(shop: Shop, orders: Map<string, number>[]): Promise<Track[]> {
  const { edge } = shop
  const pids = shop.replicas.map(({ pid }) => pid)
  const { paths, sku } = await pathsOf(edge)
  return [
    ...paths.map((path) => ({ title: path.title, run: (span: number) => measure(path, span, pids) })),
    {
      title: 'order: cart, quote, checkout, card paid, confirmed',
      run: async (span) => {
        const slice = await measureOrders(shop, sku, span)
        orders.push(slice.byService)
        return slice
      },
    },
  ]
}

/** Every path in rounds of some seconds each, beside the ceiling of the same round; writes bench/report.md. */
export async function measureThroughput(seconds: number, rounds: number): Promise<void> {
  const shop = await startShop({ times: 2 })
  const hello = await startServer('hello.main.ts')
  const ceiling: Path = { title: 'ceiling: Bun says hello, no edge', url: hello.url, expects: 'hello' }
  try {
    const ceilingTrack: Track = { title: ceiling.title, run: (span) => measure(ceiling, span, []) }
    const orders: Map<string, number>[] = []
    const tracks = [ceilingTrack, ...(await tracksOf(shop, orders))]
    for (const track of tracks) await track.run(1)
    // The warm-up does not count.
    orders.length = 0
    const measured: Measured[] = tracks.map(({ title }) => ({ title, slices: [] }))
    for (let round = 0; round < rounds; round += 1) {
      // There and back again, so that a machine that slows down does not favour the first in line.
      const order = [...tracks.keys()]
      for (const index of round % 2 === 0 ? order : order.toReversed()) {
        const slice = await tracks[index]?.run(seconds)
        if (slice) measured[index]?.slices.push(slice)
        console.log(
          `round ${round + 1}/${rounds}  ${tracks[index]?.title}: ${slice?.perSecond.toFixed(1)}/s, ${slice?.wrong} wrong`,
        )
      }
    }
    const [first, ...others] = measured
    if (!first) throw new Error('Nothing was measured.')
    await Bun.write(
      join(import.meta.dirname, 'report.md'),
      reportOf(first, others, { start: shop.startSeconds, orders }),
    )
    console.log('The report is in bench/report.md.')
  } finally {
    hello.stop()
    await shop.stop()
  }
}

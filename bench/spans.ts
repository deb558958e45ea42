import { median } from 'simple-statistics'
import { measureOrders } from './buyers.ts'
import { startServer } from './child.server.ts'
import { pathsOf } from './paths.ts'
import { processorTimes } from './processor-time.ts'
import { type Shop, startShop } from './shop.process.ts'
import { measure } from './slice.ts'
import { type Interval, medianWithInterval } from './statistics.ts'

/**
 * Sooner than by default, so that a slice pays for its own spans. Each batch costs a millisecond and more, however small
 * it is: what is measured is too much rather than too little.
 */
const DELAY_MS = 1000
const TAIL_MS = 1100
const TITLES = ['list of 24, JSON', 'product, JSON', 'set a line of a cart, JSON']
/** What serves the requests but is not ours. */
const STORES = new Set(['traefik', 'mongo', 'redis'])
/** A buyer's order takes longer than any slice of one request. */
const ORDER_SECONDS = 2

/** Of one request: processor milliseconds of the whole shop and of its own programs, and spans that arrived. */
interface Sample {
  all: number
  own: number
  spans: number
}

interface Track {
  title: string
  /** Sends requests with these headers for about so many seconds, and tells how many. */
  send(headers: Record<string, string>, seconds: number): Promise<number>
}

async function tracksOf(shop: Shop): Promise<Track[]> {
  const { paths, sku } = await pathsOf(shop.edge)
  const requests = paths
    .filter(({ title }) => TITLES.includes(title))
    .map((path) => ({
      title: path.title,
      send: async (headers: Record<string, string>, seconds: number) =>
        (await measure({ ...path, headers: { ...path.headers, ...headers } }, seconds, [])).count,
    }))
  const order: Track = {
    title: 'a whole order',
    send: async (headers) => (await measureOrders(shop, sku, ORDER_SECONDS, headers)).count,
  }
  return [...requests, order]
}

/** The caller's `traceparent` says whether its trace is kept; everything else is the same in the same processes. */
const traceOf = (isKept: boolean) => ({
  traceparent: `00-${crypto.randomUUID().replaceAll('-', '')}-b7ad6b7169203331-${isKept ? '01' : '00'}`,
})

async function sample(shop: Shop, collector: string, work: () => Promise<number>): Promise<Sample> {
  const spansSoFar = async () => Number(await (await fetch(collector)).text())
  const [before, spansBefore] = [await processorTimes(shop.replicas), await spansSoFar()]
  const count = Math.max(1, await work())
  await Bun.sleep(TAIL_MS)
  const [after, spans] = [await processorTimes(shop.replicas), await spansSoFar()]
  const spent = [...after].map(([name, time]) => ({ name, time: time - (before.get(name) ?? 0) }))
  const sum = (times: typeof spent) => times.reduce((total, { time }) => total + time, 0) / count
  return {
    all: sum(spent),
    own: sum(spent.filter(({ name }) => !STORES.has(name))),
    spans: (spans - spansBefore) / count,
  }
}

/**
 * What spans add, as a share. A webhook begins a trace of its own, which is kept in both: what the others cost stands
 * for those, too.
 */
function costOf(pairs: { kept: Sample; left: Sample }[], part: 'all' | 'own'): Interval {
  const shares = pairs.map(({ kept, left }) => {
    const unseen = kept.spans / (kept.spans - left.spans)
    return (kept[part] / left[part] - 1) * unseen * 100
  })
  return medianWithInterval(shares)
}

const shown = ({ low, middle, high }: Interval) => `${middle.toFixed(1)} % (${low.toFixed(1)} to ${high.toFixed(1)})`

/** Requests with spans and without by turns, in a shop that exports to a collector beside it; prints what they cost. */
export async function measureSpans(seconds: number, rounds: number): Promise<void> {
  const collector = await startServer('collector.main.ts')
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: String(DELAY_MS) }
  const shop = await startShop({ env })
  try {
    const tracks = await tracksOf(shop)
    const pairs = tracks.map((): { kept: Sample; left: Sample }[] => [])
    for (const track of tracks) await track.send(traceOf(true), seconds)
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, track] of tracks.entries()) {
        const isKeptFirst = (round + index) % 2 === 0
        const take = (isKept: boolean) => sample(shop, collector.url, () => track.send(traceOf(isKept), seconds))
        const [first, second] = [await take(isKeptFirst), await take(!isKeptFirst)]
        pairs[index]?.push(isKeptFirst ? { kept: first, left: second } : { kept: second, left: first })
      }
      console.log(`round ${round + 1}/${rounds}`)
    }
    const rows = tracks.map(({ title }, index) => {
      const taken = pairs[index] ?? []
      const { spans, all } = {
        spans: median(taken.map(({ kept }) => kept.spans)),
        all: taken.map(({ left }) => left.all),
      }
      if (spans === 0) throw new Error(`No span of "${title}" arrived: nothing was measured.`)
      return {
        path: title,
        'spans each': spans.toFixed(1),
        'ms each': median(all).toFixed(2),
        'spans add (95 %)': shown(costOf(taken, 'all')),
        'to our programs alone': shown(costOf(taken, 'own')),
      }
    })
    console.table(rows)
  } finally {
    collector.stop()
    await shop.stop()
  }
}

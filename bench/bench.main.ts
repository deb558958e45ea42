import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureOrders, newCart } from './buyers.ts'
import { type Measured, reportOf } from './report.ts'
import { type Shop, startShop } from './shop.process.ts'
import { measure, type Path, type Slice } from './slice.ts'

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, rounds: { type: 'string', default: '5' } },
})
const seconds = Number(values.seconds)
const rounds = Number(values.rounds)

interface Track {
  title: string
  run(seconds: number): Promise<Slice>
}

async function startCeiling(): Promise<{ path: Path; stop(): void }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dirname, 'hello.main.ts')], { stdout: 'pipe' })
  const { value } = await child.stdout.getReader().read()
  const port = Number(new TextDecoder().decode(value))
  const path = { title: 'ceiling: Bun says hello, no edge', url: `http://127.0.0.1:${port}/`, expects: 'hello' }
  return { path, stop: () => child.kill() }
}

/** Enough of one thing for every buyer of the run. */
async function stockUp(edge: string, sku: string): Promise<void> {
  const json = { 'content-type': 'application/json' }
  const login = await fetch(`${edge}/api/auth/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: 'admin@vitrine.test', password: 'vitrine-admin-demo' }),
  })
  const { accessToken } = (await login.json()).data
  const reply = await fetch(`${edge}/api/catalog/inventory/${sku}/movements`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${accessToken}` },
    body: JSON.stringify({ type: 'IN', quantity: 100_000, reason: 'bench' }),
  })
  if (!reply.ok) throw new Error(`The stock could not be raised: ${await reply.text()}`)
}

/** Addresses of one list that nobody has asked for yet: the highest price is each time another one. */
function unseen(path: string): () => string {
  let highest = 10_000_000
  return () => `${path}?limit=24&price.max=${highest++}`
}

async function tracksOf(shop: Shop, orders: Map<string, number>[]): Promise<Track[]> {
  const { edge } = shop
  const pids = shop.replicas.map(({ pid }) => pid)
  const [product] = (await (await fetch(`${edge}/api/catalog/products?inStock=true&limit=1`)).json()).data.items
  const sku = String(product.variants[0].sku)
  await stockUp(edge, sku)
  const cart = await newCart(edge, sku)
  const json = { 'content-type': 'application/json' }
  const tag =
    (await fetch(`${edge}/products`, { headers: { 'accept-encoding': 'identity' } })).headers.get('etag') ?? ''
  const paths: Path[] = [
    { title: 'list of 24, page', url: `${edge}/products`, expects: '</html>' },
    {
      title: 'list of 24, page, asked for the first time',
      url: edge,
      addressOf: unseen('/products'),
      expects: '</html>',
    },
    {
      title: 'list of 24, page, not changed (304)',
      url: `${edge}/products`,
      headers: { 'if-none-match': tag, 'accept-encoding': 'identity' },
      status: 304,
      expects: '',
    },
    { title: 'product, page', url: `${edge}/products/${product.slug}`, expects: '</html>' },
    { title: 'list of 24, JSON', url: `${edge}/api/catalog/products?limit=24`, expects: '"facets"' },
    {
      title: 'list of 24, JSON, asked for the first time',
      url: edge,
      addressOf: unseen('/api/catalog/products'),
      expects: '"facets"',
    },
    { title: 'product, JSON', url: `${edge}/api/catalog/products/${product.slug}`, expects: product.id },
    { title: 'search, JSON', url: `${edge}/api/catalog/products?q=lamp&limit=24`, expects: '"total"' },
    {
      title: 'set a line of a cart, JSON',
      method: 'PATCH',
      url: `${edge}/api/cart/lines/${encodeURIComponent(sku)}`,
      headers: { ...json, 'x-cart-id': cart },
      body: JSON.stringify({ quantity: 2 }),
      expects: sku,
    },
  ]
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

const shop = await startShop()
const ceiling = await startCeiling()
try {
  const ceilingTrack: Track = { title: ceiling.path.title, run: (span) => measure(ceiling.path, span, []) }
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
  await Bun.write(join(import.meta.dirname, 'report.md'), reportOf(first, others, { start: shop.startSeconds, orders }))
  console.log('The report is in bench/report.md.')
} finally {
  ceiling.stop()
  await shop.stop()
}

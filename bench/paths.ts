import { newCart } from './buyers.ts'
import type { Path } from './slice.ts'
import { adminHeaders } from './staff.ts'

/** Enough of one thing for every buyer of the run. */
async function stockUp(edge: string, sku: string): Promise<void> {
  const reply = await fetch(`${edge}/api/catalog/inventory/${sku}/movements`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await adminHeaders(edge)) },
    body: JSON.stringify({ type: 'IN', quantity: 100_000, reason: 'bench' }),
  })
  if (!reply.ok) throw new Error(`The stock could not be raised: ${await reply.text()}`)
}

/** Addresses of one list that nobody has asked for yet: the highest price is each time another one. */
function unseen(path: string): () => string {
  let highest = 10_000_000
  return () => `${path}?limit=24&price.max=${highest++}`
}

/** The requests that are measured, and the thing that buyers buy. */
export async function pathsOf(edge: string): Promise<{ paths: Path[]; sku: string }> {
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
  return { paths, sku }
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { ProductList } from '@vitrine/contracts/catalog'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { publicUrl } from '#app/server/env.server.ts'
import { listCategories } from '#app/server/shop.server.ts'

const PAGE_SIZE = 100
const MOST_PAGES = 20

interface Entry {
  path: string
  changedAt?: string
}

async function listProducts(request: Request): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const query = new URLSearchParams({ sort: 'newest', limit: String(PAGE_SIZE), page: String(page) })
    const list = await api(request).get(ProductList, `/api/catalog/products?${query}`)
    entries.push(...list.items.map((item) => ({ path: `/products/${item.slug}`, changedAt: item.updatedAt })))
    if (entries.length >= list.total || list.items.length === 0) break
  }
  return entries
}

const line = ({ path, changedAt }: Entry) =>
  `<url><loc>${publicUrl(path)}</loc>${changedAt ? `<lastmod>${changedAt.slice(0, 10)}</lastmod>` : ''}</url>`

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const [categories, products] = await Promise.all([listCategories(request), listProducts(request)])
  const shelves = categories.map(({ slug }) => ({ path: `/categories/${slug}` }))
  const lines = [{ path: '/' }, { path: '/products' }, ...shelves, ...products].map(line).join('\n')
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines}\n</urlset>\n`
  return new Response(xml, {
    headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': 'max-age=3600' },
  })
})

import { Product, ProductList, ProductListQuery, RelatedProducts, Suggestions } from '@vitrine/contracts/catalog'
import { CategoryTree } from '@vitrine/contracts/categories'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import { scopeFor } from './access.rules.ts'
import type { BrowseService } from './browse.service.ts'

export type ServiceApp = ReturnType<typeof createServiceApp>

const Id = z.object({ id: z.string().max(120) })
const Status = ProductListQuery.pick({ status: true })
const Words = z.object({ q: z.string().max(120).default(''), limit: z.coerce.number().int().min(1).max(20).default(8) })
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(24).default(4) })

export function browseRoutes(app: ServiceApp, browse: BrowseService): void {
  app
    .get(
      '/api/catalog/products',
      async ({ query, identity }) => {
        scopeFor(query.status, identity)
        return ok(await browse.list(query))
      },
      { query: ProductListQuery, response: replies(ProductList), detail: { summary: 'List and search products' } },
    )
    .get(
      '/api/catalog/products/:id',
      async ({ params, query, identity }) => ok(await browse.get(params.id, scopeFor(query.status, identity))),
      {
        params: Id,
        query: Status,
        response: replies(Product),
        detail: { summary: 'One product by id or slug' },
      },
    )
    .get(
      '/api/catalog/products/:id/related',
      async ({ params, query }) => ok({ items: await browse.related(params.id, query.limit) }),
      {
        params: Id,
        query: Limit,
        response: replies(RelatedProducts),
        detail: { summary: 'Products that go with it' },
      },
    )
    .get('/api/catalog/categories', async () => ok({ items: await browse.categories() }), {
      response: replies(CategoryTree),
      detail: { summary: 'The category tree' },
    })
    .get('/api/catalog/suggest', async ({ query }) => ok({ items: await browse.suggest(query.q, query.limit) }), {
      query: Words,
      response: replies(Suggestions),
      detail: { summary: 'Suggestions while typing' },
    })
}

import { Product, ProductList, ProductListQuery, RelatedProducts, Suggestions } from '@vitrine/contracts/catalog'
import { CategoryTree } from '@vitrine/contracts/categories'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import { scopeFor } from './access.rules.ts'
import type { BrowseService } from './browse.service.ts'
import type { PublicReplies } from './public.replies.ts'

export type ServiceApp = ReturnType<typeof createServiceApp>

const Id = z.object({ id: z.string().max(120) })
const Status = ProductListQuery.pick({ status: true })
const Words = z.object({ q: z.string().max(120).default(''), limit: z.coerce.number().int().min(1).max(20).default(8) })
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(24).default(4) })

/** Names of the query that choose what a list shows; any other changes nothing. */
const isListName = (name: string) => name in ProductListQuery.shape || name.startsWith('option.')

const listQuery = (query: ProductListQuery) =>
  Object.fromEntries(Object.entries(query).filter(([name]) => isListName(name)))

export function browseRoutes(app: ServiceApp, browse: BrowseService, answer: PublicReplies): void {
  app
    .get(
      '/api/catalog/products',
      async (context) => {
        const { query, identity } = context
        if (scopeFor(query.status, identity) !== 'active') return ok(await browse.list(query))
        return answer(context, { schema: ProductList, query: listQuery(query), build: () => browse.list(query) })
      },
      { query: ProductListQuery, response: replies(ProductList), detail: { summary: 'List and search products' } },
    )
    .get(
      '/api/catalog/products/:id',
      async (context) => {
        const { params, query, identity } = context
        const scope = scopeFor(query.status, identity)
        if (scope !== 'active') return ok(await browse.get(params.id, scope))
        return answer(context, { schema: Product, query: {}, build: () => browse.get(params.id) })
      },
      {
        params: Id,
        query: Status,
        response: replies(Product),
        detail: { summary: 'One product by id or slug' },
      },
    )
    .get(
      '/api/catalog/products/:id/related',
      (context) => {
        const { params, query } = context
        const build = async () => ({ items: await browse.related(params.id, query.limit) })
        return answer(context, { schema: RelatedProducts, query, build })
      },
      {
        params: Id,
        query: Limit,
        response: replies(RelatedProducts),
        detail: { summary: 'Products that go with it' },
      },
    )
    .get(
      '/api/catalog/categories',
      (context) => {
        const build = async () => ({ items: await browse.categories() })
        return answer(context, { schema: CategoryTree, query: {}, build })
      },
      {
        response: replies(CategoryTree),
        detail: { summary: 'The category tree' },
      },
    )
    .get(
      '/api/catalog/suggest',
      (context) => {
        const { query } = context
        const build = async () => ({ items: await browse.suggest(query.q, query.limit) })
        return answer(context, { schema: Suggestions, query, build })
      },
      {
        query: Words,
        response: replies(Suggestions),
        detail: { summary: 'Suggestions while typing' },
      },
    )
}

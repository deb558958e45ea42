import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { ProductList } from '@vitrine/contracts/catalog'
import { ProductTable } from '#app/features/admin-products/product-list.tsx'
import { ListSearch } from '#app/features/admin-shell/list-search.tsx'
import { pickQuery, withQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, Pager, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requireStaff } from '#app/server/auth.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

const PATH = '/admin/products'
const STATUSES = [
  ['', 'All'],
  ['active', 'Active'],
  ['draft', 'Draft'],
  ['archived', 'Archived'],
] as const
const SORTS = [
  ['newest', 'Newest'],
  ['popular', 'Best selling'],
  ['price', 'Price, low first'],
  ['-price', 'Price, high first'],
] as const
const DONE: Record<string, string> = { archived: 'The product is archived. Orders keep it.' }

export const meta: MetaFunction = () => [{ title: 'Products, Vitrine admin' }]

/** Drafts and archived ones are for those who may edit; others see what the shop shows. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { permissions } = await requireStaff(request)
  const query = new URL(request.url).searchParams
  const asked = new URLSearchParams(pickQuery(query, ['q', 'sort', 'page']))
  if (!asked.has('sort') && !asked.has('q')) asked.set('sort', 'newest')
  if (permissions.includes('catalog:write')) asked.set('status', query.get('status') || 'all')
  return api(request).get(ProductList, `/api/catalog/products?${asked}`)
})

function Sort({ value }: { value: string }) {
  return (
    <div className="row">
      <label className="sr" htmlFor="sort">
        Sort
      </label>
      <select className="input input--small" id="sort" name="sort" defaultValue={value}>
        {SORTS.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      <button className={buttonClass()} type="submit">
        Show
      </button>
    </div>
  )
}

export default function Products() {
  const { items, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const canEdit = useCan('catalog:write')
  const status = query.get('status') ?? ''
  const page = Number(query.get('page') ?? 1)
  const first = (page - 1) * 24 + 1
  const last = first + items.length - 1
  return (
    <>
      <DoneNotice text={DONE[query.get('done') ?? '']} />
      <PageHead title="Products">
        {canEdit && (
          <Link className={buttonClass({ tone: 'primary' })} to={`${PATH}/new`}>
            <Icon name="plus" />
            New product
          </Link>
        )}
      </PageHead>
      <section className="box box--flush" aria-label="Products">
        {canEdit && (
          <Tabs
            label="Views"
            items={STATUSES.map(([key, title]) => ({
              to: withQuery(PATH, query, { status: key, page: null }),
              title,
              isCurrent: status === key,
            }))}
          />
        )}
        <ListSearch
          id="pq"
          label="Search products"
          placeholder="Name, brand or SKU"
          query={query.get('q') ?? ''}
          keep={{ status }}
        >
          <Sort value={query.get('sort') ?? 'newest'} />
        </ListSearch>
        {items.length > 0 ? (
          <ProductTable products={items} />
        ) : (
          <EmptyList title="No products yet" isFiltered={query.size > 0} to={PATH}>
            Products you add stand here. The shop shows the active ones.
          </EmptyList>
        )}
        {items.length > 0 && (
          <Pager
            summary={`${first} to ${last} of ${total}`}
            nextTo={last < total ? withQuery(PATH, query, { page: String(page + 1) }) : null}
            firstTo={page > 1 ? withQuery(PATH, query, { page: null }) : null}
          />
        )}
      </section>
    </>
  )
}

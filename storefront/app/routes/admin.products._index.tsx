import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Product, ProductList, ProductStatus } from '@vitrine/contracts/catalog'
import { ProductTable } from '#app/features/admin-products/product-list.tsx'
import { ListSearch } from '#app/features/admin-shell/list-search.tsx'
import { pickQuery, withQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, Pager, RefusalNotice, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { requirePermission, requireStaff } from '#app/server/auth.server.ts'
import { readForm } from '#app/server/form.server.ts'
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
const DONE: Record<string, string> = {
  archived: 'The product is archived. Orders keep it.',
  status: 'The ticked products have their new status.',
  undone: 'They are as they were.',
}

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

/** Changes the status of what was ticked; a product that somebody changed meanwhile is left alone and named. */
export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const form = await readForm(request)
  const status = ProductStatus.safeParse(form.get('status'))
  const picks = form.getAll('pick').map(String)
  if (!status.success || picks.length === 0) return data({ message: 'Tick at least one product first.' }, 400)
  const stale: string[] = []
  const changed: string[] = []
  for (const pick of picks) {
    const [id = '', version] = pick.split(':')
    const change = { status: status.data, version: Number(version) }
    try {
      const product = await api(request).patch(Product, `/api/catalog/products/${encodeURIComponent(id)}`, change)
      changed.push(`${id}:${product.version}`)
    } catch (error) {
      if (!isApiError(error, 'version_conflict', 'not_found', 'invalid_input')) throw error
      stale.push(id)
    }
  }
  if (stale.length === 0) {
    // What all of them were before can be had back; a mixture cannot.
    const before = new Set(picks.map((pick) => pick.split(':')[2]))
    const undo = before.size === 1 && !form.has('isUndo') ? changed.join() : null
    const news = { done: form.has('isUndo') ? 'undone' : 'status', undo, back: undo && ([...before][0] ?? null) }
    return redirect(withQuery(PATH, new URL(request.url).searchParams, news), 303)
  }
  const left = count(stale.length, 'product')
  return data({ message: `${left} changed meanwhile and stayed as they are. Look at them again.` }, 409)
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

function Undo({ picks, status }: { picks: string; status: string }) {
  return (
    <Form className="inline-form" method="post" action={PATH}>
      <input type="hidden" name="isUndo" value="yes" />
      <input type="hidden" name="status" value={status} />
      {picks.split(',').map((pick) => (
        <input key={pick} type="hidden" name="pick" value={pick} />
      ))}{' '}
      <button className="link" type="submit">
        Undo
      </button>
    </Form>
  )
}

export default function Products() {
  const { items, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const refused = useActionData<typeof action>()
  const canEdit = useCan('catalog:write')
  const status = query.get('status') ?? ''
  const page = Number(query.get('page') ?? 1)
  const first = (page - 1) * 24 + 1
  const last = first + items.length - 1
  return (
    <>
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']}>
        {canEdit && query.has('undo') && <Undo picks={query.get('undo') ?? ''} status={query.get('back') ?? ''} />}
      </DoneNotice>
      <RefusalNotice text={refused?.message} />
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
          <ProductTable products={items} canEdit={canEdit} />
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

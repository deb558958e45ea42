import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { type InventoryLine, InventoryList } from '@vitrine/contracts/inventory'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { EmptyList, PageHead, Pager, TableRegion, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'

const PATH = '/admin/inventory'
const FEW = 3

export const meta: MetaFunction = () => [{ title: 'Inventory, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'inventory:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['low', 'threshold', 'cursor'])
  return api(request).get(InventoryList, `/api/catalog/inventory?limit=50${asked && `&${asked}`}`)
})

function Row({ line }: { line: InventoryLine }) {
  const look = line.available === 0 ? 'stock stock--out' : line.available <= FEW ? 'stock stock--low' : undefined
  return (
    <tr>
      <td>
        <div className="thing">
          <Thumbnail url={line.picture} />
          <div>
            <Link to={`${PATH}/${encodeURIComponent(line.sku)}`}>{line.title || line.sku}</Link>
            <small>{Object.values(line.options).join(', ')}</small>
          </div>
        </div>
      </td>
      <td className="mono">{line.sku}</td>
      <td className="end num">{line.onHand}</td>
      <td className="end num">{line.reserved}</td>
      <td className="end num">
        <span className={look}>{line.available}</span>
      </td>
      <td className="end num">{line.sold}</td>
    </tr>
  )
}

/** How few count as low. */
function Threshold({ value }: { value: string }) {
  return (
    <Form className="toolbar" aria-label="Threshold">
      <input type="hidden" name="low" value="true" />
      <label className="small" htmlFor="threshold">
        At most
      </label>
      <input
        className="input input--money"
        id="threshold"
        name="threshold"
        inputMode="numeric"
        pattern="[0-9]{1,3}"
        defaultValue={value}
        key={value}
      />
      <Button type="submit">Show</Button>
    </Form>
  )
}

export default function Inventory() {
  const { items, nextCursor, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const isLow = query.get('low') === 'true'
  return (
    <>
      <PageHead title="Inventory" />
      <section className="box box--flush" aria-label="Stock">
        <Tabs
          label="Views"
          items={[
            { to: PATH, title: 'All', isCurrent: !isLow },
            { to: `${PATH}?low=true`, title: 'Low in stock', isCurrent: isLow },
          ]}
        />
        {isLow && <Threshold value={query.get('threshold') ?? String(FEW)} />}
        {items.length > 0 ? (
          <>
            <TableRegion label="Stock, table">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">Variant</th>
                    <th scope="col">SKU</th>
                    <th scope="col" className="end">
                      On hand
                    </th>
                    <th scope="col" className="end">
                      Reserved
                    </th>
                    <th scope="col" className="end">
                      Available
                    </th>
                    <th scope="col" className="end">
                      Sold
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((line) => (
                    <Row key={line.sku} line={line} />
                  ))}
                </tbody>
              </table>
            </TableRegion>
            <Pager summary={count(total ?? items.length, 'variant')} {...pagerOf(PATH, query, nextCursor)} />
          </>
        ) : (
          <EmptyList title="No stock yet" isFiltered={isLow} to={PATH}>
            Variants stand here with what is on hand, held for orders and free to sell.
          </EmptyList>
        )}
      </section>
    </>
  )
}

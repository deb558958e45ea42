import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { PaymentBreaks } from '@vitrine/contracts/payments'
import { type ReceivedWebhook, ReceivedWebhooks } from '@vitrine/contracts/traces'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import {
  BackLink,
  DoneNotice,
  EmptyList,
  PageHead,
  Pager,
  RefusalNotice,
  TableRegion,
} from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { count, formatDateTime } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, Nothing } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'

const PATH = '/admin/reconciliation'

export const meta: MetaFunction = () => [{ title: 'Reconciliation, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['cursor'])
  const [breaks, parked] = await Promise.all([
    api(request).get(PaymentBreaks, `/api/payments/breaks?limit=50${asked && `&${asked}`}`),
    api(request).get(ReceivedWebhooks, '/api/payments/webhooks?status=parked'),
  ])
  return { breaks, parked: parked.items }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'orders:write')
  const form = await readForm(request)
  const eventId = encodeURIComponent(String(form.get('eventId') ?? ''))
  try {
    await api(request).post(Nothing, `/api/payments/webhooks/${eventId}/retry`)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
  return redirect(`${PATH}?done=retry`, 303)
})

function ParkedRow({ webhook, canRetry }: { webhook: ReceivedWebhook; canRetry: boolean }) {
  return (
    <tr>
      <td>{formatDateTime(webhook.receivedAt)}</td>
      <td>{webhook.type}</td>
      <td className="mono">{webhook.eventId}</td>
      <td>{webhook.problem?.replaceAll('_', ' ')}</td>
      <td className="end num">{webhook.attempts}</td>
      <td className="end">
        {canRetry && (
          <Form method="post">
            <Button name="eventId" value={webhook.eventId} type="submit" size="small">
              Try again<span className="sr"> {webhook.eventId}</span>
            </Button>
          </Form>
        )}
      </td>
    </tr>
  )
}

function Parked({ items }: { items: ReceivedWebhook[] }) {
  const canRetry = useCan('orders:write')
  if (items.length === 0) return null
  return (
    <section className="box box--flush mb" aria-labelledby="parked">
      <div className="pad">
        <h2 id="parked">Parked webhooks</h2>
      </div>
      <TableRegion label="Parked webhooks, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Received</th>
              <th scope="col">Type</th>
              <th scope="col">Event</th>
              <th scope="col">Problem</th>
              <th scope="col" className="end">
                Tries
              </th>
              <th scope="col">
                <span className="sr">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((webhook) => (
              <ParkedRow key={webhook.eventId} webhook={webhook} canRetry={canRetry} />
            ))}
          </tbody>
        </table>
      </TableRegion>
    </section>
  )
}

export default function Reconciliation() {
  const { breaks, parked } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  return (
    <>
      <BackLink to="/admin/orders">Orders</BackLink>
      <PageHead title="Reconciliation" />
      <p className="soft mb">
        Orders and payments are compared every 15 seconds. What did not agree stands here, with what was done about it.
      </p>
      <DoneNotice text={query.get('done') === 'retry' ? 'The webhook is worked on again.' : undefined} />
      <RefusalNotice text={refused?.message} />
      <Parked items={parked} />
      <section className="box box--flush" aria-label="Breaks">
        {breaks.items.length === 0 ? (
          <EmptyList title="Nothing to fix" isFiltered={false} to={PATH}>
            Every payment agreed with its order.
          </EmptyList>
        ) : (
          <>
            <TableRegion label="Breaks, table">
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">Found</th>
                    <th scope="col">What</th>
                    <th scope="col">Order</th>
                    <th scope="col">Intent</th>
                    <th scope="col">Note</th>
                  </tr>
                </thead>
                <tbody>
                  {breaks.items.map((item) => (
                    <tr key={item.id}>
                      <td>{formatDateTime(item.foundAt)}</td>
                      <td>{item.kind.replaceAll('_', ' ')}</td>
                      <td>{item.orderId && <Link to={`/admin/orders/${item.orderId}/x-ray`}>X-ray</Link>}</td>
                      <td className="mono tiny">{item.intentId}</td>
                      <td>{item.note}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableRegion>
            <Pager summary={count(breaks.items.length, 'break')} {...pagerOf(PATH, query, breaks.nextCursor)} />
          </>
        )}
      </section>
    </>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { RetriedEvent } from '@vitrine/contracts/system'
import { DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { ParkedTable } from '#app/features/admin-system/parked-table.tsx'
import { ServiceTable } from '#app/features/admin-system/service-table.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { readSystem, SYSTEM_SERVICES } from '#app/server/system.server.ts'
import { Notice } from '#app/ui/notice.tsx'

const PATH = '/admin/system'

export const meta: MetaFunction = () => [{ title: 'System, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'system:read')
  return readSystem(request)
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'staff:write')
  const form = await readForm(request)
  const service = SYSTEM_SERVICES.find((name) => name === form.get('service'))
  if (!service) return data(refusal(form, 'No service of ours.'), 400)
  try {
    const id = encodeURIComponent(String(form.get('id')))
    await api(request).post(RetriedEvent, `/api/${service}/system/parked/${id}/retry`, {})
    return redirect(`${PATH}?done=retried`, 303)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
})

/** What runs, how it is, and what waits. */
export default function System() {
  const { services, storefront } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const canRetry = useCan('staff:write')
  const parked = services.flatMap((one) => one.parked.map((event) => ({ ...event, service: one.service })))
  const unwell = services.filter(({ system }) => system?.health.status !== 'ok')
  const up = storefront.filter(({ isUp }) => isUp).length
  return (
    <>
      <PageHead title="System" />
      <DoneNotice text={!refused && query.get('done') === 'retried' ? 'The event goes out again.' : undefined} />
      <RefusalNotice text={refused?.message} />
      <div className="stack">
        {unwell.length === 0 ? (
          <Notice tone="positive">All services are well.</Notice>
        ) : (
          <Notice tone="warning">{`Look at ${unwell.map(({ service }) => service).join(', ')}.`}</Notice>
        )}
        <section className="box box--flush" aria-label="Services">
          <ServiceTable rows={services} />
          <p className="pad small">
            {storefront.length > 0 ? `Storefront: ${up} of ${storefront.length} replicas up. ` : ''}
            Mails have a queue of their own: <Link to="/admin/messages?status=parked">given-up messages</Link>.
          </p>
        </section>
        <section className="box box--flush" aria-labelledby="parked">
          <div className="row row--between pad">
            <h2 id="parked">Given-up events</h2>
          </div>
          {parked.length > 0 ? (
            <ParkedTable rows={parked} canRetry={canRetry} />
          ) : (
            <div className="empty">
              <p>Every event was taken in. One that fails ten times stands here until somebody looks.</p>
            </div>
          )}
        </section>
      </div>
    </>
  )
}

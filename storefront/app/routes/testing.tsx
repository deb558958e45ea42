import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/features/seo.ts'
import { CardTable } from '#app/features/testing/card-table.tsx'
import { AFTERWARDS, ASKING, GOING_THROUGH, REFUSED } from '#app/features/testing/cards.ts'
import { ControlForms, DeliveryTable } from '#app/features/testing/control-forms.tsx'
import { commandOf } from '#app/features/testing/controls.ts'
import { LatestOrders } from '#app/features/testing/latest-orders.tsx'
import { answering } from '#app/server/answer.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { bendSandbox, findSandbox, findTestedOrders, requireSandbox } from '#app/server/sandbox.server.ts'
import type { IconName } from '#app/ui/icon.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requireSandbox(request)
  const [sandbox, orders] = await Promise.all([findSandbox(request), findTestedOrders(request)])
  return { sandbox, orders }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requireSandbox(request)
  const command = commandOf(await readForm(request))
  if (!command) return data({ isDone: false, message: 'Nothing was changed: a value does not fit.' }, { status: 400 })
  await bendSandbox(request, command.control, command.body)
  return data({ isDone: true, message: command.done })
})

export const meta: MetaFunction = () => pageMeta({ title: 'Test cards', isHidden: true })

const TOOLS: [string, IconName, string, string][] = [
  ['/admin/messages', 'mail', 'Mailbox', 'Every message the shop sent, as it looks'],
  ['/api/docs', 'list', 'API documents', 'Each route with the permission it needs'],
  ['/admin', 'gear', 'Admin', 'Orders, refunds, products'],
]

function Controls() {
  const { sandbox } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <section className="stack" aria-labelledby="controls">
      <h2 id="controls">Make it go wrong</h2>
      {reply && (
        <Notice tone={reply.isDone ? 'positive' : 'danger'} role={reply.isDone ? 'status' : 'alert'}>
          {reply.message}
        </Notice>
      )}
      {sandbox ? (
        <>
          <ControlForms state={sandbox.state} />
          <h3>Last webhooks</h3>
          <DeliveryTable deliveries={sandbox.deliveries} />
        </>
      ) : (
        <Notice tone="warning">The sandbox does not answer just now. Load the page again in a moment.</Notice>
      )}
    </section>
  )
}

function Tools() {
  return (
    <section className="stack" aria-labelledby="tools">
      <h2 id="tools">Tools</h2>
      <div className="tiles">
        {TOOLS.map(([to, icon, title, text]) => (
          <a key={to} className="box" href={to}>
            <Icon name={icon} />
            <h3>{title}</h3>
            <p className="small soft">{text}</p>
          </a>
        ))}
      </div>
    </section>
  )
}

export default function Testing() {
  const { orders } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <div className="stack stack--loose">
        <div className="stack">
          <h1>Test cards</h1>
          <p className="lead measure">
            The shop runs in test mode. Any future date and any three-digit code will do; no number here reaches a bank.
          </p>
          <Notice tone="test">
            <b className="strong">Sandbox on.</b> No Stripe key is set, so the built-in sandbox answers. With a test
            key, Stripe answers the same numbers.
          </Notice>
        </div>
        <CardTable id="through" title="Payment goes through" cards={GOING_THROUGH} />
        <CardTable id="asking" title="The bank asks" cards={ASKING} />
        <CardTable id="refused" title="Payment is refused" cards={REFUSED} />
        <CardTable id="afterwards" title="Something happens afterwards" cards={AFTERWARDS} />
        <Controls />
        <LatestOrders orders={orders} />
        <Tools />
      </div>
    </main>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Message } from '@vitrine/contracts/notifications'
import { CHANNEL_TITLES, MessageStatusBadge, TEMPLATE_TITLES } from '#app/features/admin-messages/message-status.tsx'
import { BackLink, DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { formatDateTime } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'
import { type Pair, Pairs } from '#app/ui/pairs.tsx'

const DONE: Record<string, string> = { resent: 'The message goes out again.', written: 'The message is written.' }

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.subject ?? 'Message'}, Vitrine admin` },
]

const pathOf = (id: string | undefined) => `/api/notifications/messages/${encodeURIComponent(id ?? '')}`

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'customers:read')
  const { html, ...message } = await api(request).get(Message, pathOf(params.id))
  return { ...message, hasPreview: html !== '' }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'orders:write')
  const form = await readForm(request)
  try {
    await api(request).post(Message, `${pathOf(params.id)}/resend`, {})
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
  return redirect(`/admin/messages/${params.id}?done=resent`, 303)
})

export default function MessagePage() {
  const message = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const canResend = useCan('orders:write')
  const isBusy = useNavigation().state === 'submitting'
  const pairs: Pair[] = [
    { term: 'To', value: message.to },
    { term: 'Way', value: CHANNEL_TITLES[message.channel] },
    { term: 'Kind', value: TEMPLATE_TITLES[message.template] },
    { term: 'Written', value: formatDateTime(message.createdAt) },
    ...(message.sentAt ? [{ term: 'Sent', value: formatDateTime(message.sentAt) }] : []),
    { term: 'Tries', value: message.attempts },
    { term: 'Sent again', value: message.resends },
    ...(message.lastError ? [{ term: 'Last answer', value: message.lastError }] : []),
  ]
  return (
    <>
      <BackLink to="/admin/messages">Messages</BackLink>
      <PageHead title={message.subject} badges={<MessageStatusBadge status={message.status} />}>
        {canResend && (
          <Form method="post">
            <Button type="submit" isBusy={isBusy}>
              Send again
            </Button>
          </Form>
        )}
      </PageHead>
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="cols">
        <section className="box box--flush" aria-label="The message">
          {message.hasPreview ? (
            <iframe
              className="mail-frame"
              title={`Preview of ${message.subject}`}
              src={`/admin/messages/${message.id}/preview`}
              sandbox=""
              width="100%"
              height="720"
            />
          ) : (
            <p className="box">{message.text}</p>
          )}
        </section>
        <div className="stack">
          <section className="box" aria-labelledby="facts">
            <h2 id="facts">Message</h2>
            <Pairs items={pairs} />
          </section>
          <details className="box" hidden={!message.hasPreview}>
            <summary className="link">Text version</summary>
            <pre className="mono tiny">{message.text}</pre>
          </details>
        </div>
      </div>
    </>
  )
}

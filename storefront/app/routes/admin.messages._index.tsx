import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Message, MessageInput, MessagePage, Requeued } from '@vitrine/contracts/notifications'
import { FILTERS, MessageFilter } from '#app/features/admin-messages/message-filter.tsx'
import { MessageTable } from '#app/features/admin-messages/message-table.tsx'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, Pager, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'
import { TextAreaField, TextField } from '#app/ui/field.tsx'

const PATH = '/admin/messages'

export const meta: MetaFunction = () => [{ title: 'Messages, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'customers:read')
  const asked = pickQuery(new URL(request.url).searchParams, [...FILTERS, 'cursor'])
  return api(request).get(MessagePage, `/api/notifications/messages${asked && `?${asked}`}`)
})

async function resendParked(request: Request, form: FormData) {
  await requirePermission(request, 'orders:write')
  try {
    const { count: sent } = await api(request).post(Requeued, '/api/notifications/messages/parked/resend', {})
    return redirect(`${PATH}?done=requeued&count=${sent}`, 303)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  if (form.get('intent') === 'resend-parked') return resendParked(request, form)
  await requirePermission(request, 'customers:write')
  const parsed = parseForm(form, MessageInput)
  if (!parsed.ok) return data(parsed.refusal, 400)
  try {
    const message = await api(request).post(Message, '/api/notifications/messages', parsed.data)
    return redirect(`${PATH}/${message.id}?done=written`, 303)
  } catch (error) {
    return data(refusalOf(form, error), 400)
  }
})

type Refused = { values: Record<string, string>; fields: Record<string, string[] | undefined> }

function WriteBox({ refused }: { refused: Refused | undefined }) {
  const { values, fields } = refused ?? { values: {}, fields: {} }
  return (
    <details className="box" open={refused !== undefined}>
      <summary className="link">Write a message</summary>
      <Form method="post" className="stack mt" noValidate>
        <TextField name="to" label="To" type="email" defaultValue={values.to} errors={fields.to} />
        <TextField
          name="subject"
          label="Subject"
          defaultValue={values.subject}
          errors={fields.subject}
          maxLength={200}
        />
        <TextAreaField name="text" label="Text" defaultValue={values.text} errors={fields.text} />
        <p>
          <Button type="submit" tone="primary">
            Send message
          </Button>
        </p>
      </Form>
    </details>
  )
}

export default function Messages() {
  const { items, nextCursor } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const canWrite = useCan('customers:write')
  const canResend = useCan('orders:write')
  const filter = {
    to: query.get('to') ?? '',
    template: query.get('template') ?? '',
    status: query.get('status') ?? '',
    channel: query.get('channel') ?? '',
  }
  const done =
    query.get('done') === 'requeued' ? `${count(Number(query.get('count')) || 0, 'message')} tried again.` : undefined
  return (
    <>
      <PageHead title="Messages">
        {canResend && filter.status === 'parked' && items.length > 0 && (
          <Form method="post">
            <input type="hidden" name="intent" value="resend-parked" />
            <Button type="submit">Try all given-up ones again</Button>
          </Form>
        )}
      </PageHead>
      <DoneNotice text={refused ? undefined : done} />
      <RefusalNotice text={refused?.message} />
      <div className="stack">
        {canWrite && <WriteBox refused={refused} />}
        <section className="box box--flush" aria-label="Messages">
          <MessageFilter {...filter} />
          {items.length > 0 ? (
            <>
              <MessageTable messages={items} />
              <Pager summary={`${count(items.length, 'message')} on this page`} {...pagerOf(PATH, query, nextCursor)} />
            </>
          ) : (
            <EmptyList
              title="No messages yet"
              isFiltered={Object.values(filter).some((value) => value !== '')}
              to={PATH}
            >
              Every mail of the shop stands here: confirmations, shipping news, links to choose a password.
            </EmptyList>
          )}
        </section>
      </div>
    </>
  )
}

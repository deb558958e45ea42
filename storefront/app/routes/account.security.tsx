import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ChangePasswordInput, Sessions } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { formatDateTime } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { emptyRefusal, parseForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

export const loader = answering(({ request }: LoaderFunctionArgs) => api(request).get(Sessions, '/api/auth/sessions'))

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await request.formData()
  const client = api(request)
  const ended = form.get('end')
  if (typeof ended === 'string') {
    await client.delete(z.unknown(), `/api/auth/sessions/${encodeURIComponent(ended)}`)
    throw redirect('/account/security', 303)
  }
  const parsed = parseForm(form, ChangePasswordInput)
  if (!parsed.ok) return data({ isChanged: false, ...parsed.refusal }, { status: 400 })
  try {
    await client.post(z.unknown(), '/api/auth/password/change', parsed.data)
    return data({ isChanged: true, ...emptyRefusal() })
  } catch (error) {
    const refused = isApiError(error, 'unauthenticated', 'forbidden')
      ? refusal(form, null, { current: ['This is not your present password.'] })
      : refusalOf(form, error)
    return data({ isChanged: false, ...refused }, { status: 400 })
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Security', isHidden: true })

export default function Security() {
  const { items } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <AccountFrame title="Security" path="/account/security">
      <form className="box stack" method="post">
        <h2>Password</h2>
        {reply?.isChanged && (
          <Notice tone="positive" role="status">
            Your password is a new one. Your other devices are signed out.
          </Notice>
        )}
        {reply?.message && (
          <Notice tone="danger" role="alert">
            {reply.message}
          </Notice>
        )}
        <TextField
          name="current"
          label="Present password"
          type="password"
          autoComplete="current-password"
          errors={reply?.fields.current}
        />
        <TextField
          name="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint="8 characters or more."
          errors={reply?.fields.password}
        />
        <p>
          <button className={buttonClass({ tone: 'primary' })} type="submit">
            Change the password
          </button>
        </p>
      </form>
      <section className="stack" aria-labelledby="devices">
        <h2 id="devices">Where you are signed in</h2>
        {items.map((session) => (
          <div key={session.id} className="box row row--between">
            <p>
              {session.userAgent || 'A program'} {session.isCurrent && <Badge tone="positive">This one</Badge>}
              <br />
              <span className="small muted">Last used {formatDateTime(session.lastUsedAt)}</span>
            </p>
            {!session.isCurrent && (
              <form method="post">
                <button className={buttonClass({ size: 'small' })} type="submit" name="end" value={session.id}>
                  Sign out
                </button>
              </form>
            )}
          </div>
        ))}
      </section>
    </AccountFrame>
  )
}

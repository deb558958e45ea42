import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Done, PasswordProof, ProfileInput, User } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { LeaveBox } from '#app/features/account/leave-box.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requireUser } from '#app/server/auth.server.ts'
import { clearCookie, cookieHeaders } from '#app/server/cookies.server.ts'
import { emptyRefusal, parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { endSessionCookies } from '#app/server/session.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

export const loader = answering(({ request }: LoaderFunctionArgs) => requireUser(request))

async function remove(request: Request, form: FormData) {
  form.delete('intent')
  const parsed = parseForm(form, PasswordProof)
  if (!parsed.ok) return data({ done: null, isLeaving: true, ...parsed.refusal }, { status: 400 })
  try {
    await api(request).delete(Done, '/api/auth/me', parsed.data)
  } catch (error) {
    return data({ done: null, isLeaving: true, ...refusalOf(form, error) }, { status: 400 })
  }
  throw redirect('/', { status: 303, headers: cookieHeaders(...endSessionCookies(), clearCookie('cart_count')) })
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const client = api(request)
  if (form.has('resend')) {
    await client.post(z.unknown(), '/api/auth/verify-email/resend', {})
    return data({ done: 'A new link is on its way.', isLeaving: false, ...emptyRefusal() })
  }
  if (form.get('intent') === 'delete') return remove(request, form)
  const parsed = parseForm(form, ProfileInput, ({ name, phone }) => ({ name, phone: phone ?? null }))
  if (!parsed.ok) return data({ done: null, isLeaving: false, ...parsed.refusal }, { status: 400 })
  try {
    await client.patch(User, '/api/auth/me', parsed.data)
    return data({ done: 'Saved.', isLeaving: false, ...emptyRefusal() })
  } catch (error) {
    return data({ done: null, isLeaving: false, ...refusalOf(form, error) }, { status: 400 })
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your profile', isHidden: true })

export default function Profile() {
  const user = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <AccountFrame title="Your profile" path="/account/profile">
      {reply?.done && (
        <Notice tone="positive" role="status">
          {reply.done}
        </Notice>
      )}
      {reply?.message && Object.keys(reply.fields).length === 0 && (
        <Notice tone="danger" role="alert">
          {reply.message}
        </Notice>
      )}
      {!user.isEmailVerified && (
        <form className="notice notice--info" method="post">
          <div>
            Your e-mail {user.email} is not confirmed yet.{' '}
            <button className="link" type="submit" name="resend" value="yes">
              Send the link again
            </button>
          </div>
        </form>
      )}
      <form className="box stack" method="post">
        <p className="soft">{user.email}</p>
        <TextField
          name="name"
          label="Full name"
          autoComplete="name"
          defaultValue={reply?.values.name ?? user.name}
          errors={reply?.fields.name}
        />
        <TextField
          name="phone"
          label="Phone"
          type="tel"
          autoComplete="tel"
          isOptional
          defaultValue={reply?.values.phone ?? user.phone ?? ''}
          errors={reply?.fields.phone}
        />
        <p>
          <button className={buttonClass({ tone: 'primary' })} type="submit">
            Save
          </button>
        </p>
      </form>
      <LeaveBox errors={reply?.isLeaving ? reply.fields : {}} isOpen={reply?.isLeaving ?? false} />
    </AccountFrame>
  )
}

import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { ForgotPasswordInput } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { pageMeta } from '#app/features/seo.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { emptyRefusal, parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request)
  const parsed = parseForm(form, ForgotPasswordInput)
  if (!parsed.ok) return data({ isSent: false, ...parsed.refusal }, { status: 400 })
  try {
    await api(request).post(z.unknown(), '/api/auth/password/forgot', parsed.data)
    return data({ isSent: true, ...emptyRefusal() })
  } catch (error) {
    return data({ isSent: false, ...refusalOf(form, error) }, { status: isApiError(error) ? error.status : 400 })
  }
}

export const meta: MetaFunction = () => pageMeta({ title: 'Reset your password', isHidden: true })

export default function Forgot() {
  const reply = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Reset your password</h1>
      <form className="stack measure section-s" method="post">
        {reply?.isSent && (
          <Notice tone="positive" role="status">
            If there is an account with this e-mail, a link to a new password is on its way. It works for 10 minutes.
          </Notice>
        )}
        {reply?.message && (
          <Notice tone="danger" role="alert">
            {reply.message}
          </Notice>
        )}
        <TextField
          name="email"
          label="E-mail"
          type="email"
          autoComplete="username"
          inputMode="email"
          defaultValue={reply?.values.email}
          errors={reply?.fields.email}
        />
        <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
          Send the link
        </button>
      </form>
    </main>
  )
}

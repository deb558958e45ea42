import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ResetPasswordInput } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { pageMeta } from '#app/features/seo.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { parseForm, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

const SPENT = 'This link was used already or is too old. Ask for a new one.'

export const loader = ({ request }: LoaderFunctionArgs) => ({
  token: new URL(request.url).searchParams.get('token') ?? '',
})

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request)
  const parsed = parseForm(form, ResetPasswordInput)
  if (!parsed.ok) return data(parsed.refusal, { status: 400 })
  try {
    await api(request).post(z.unknown(), '/api/auth/password/reset', parsed.data)
    throw redirect('/login?reset=done', 303)
  } catch (error) {
    if (isApiError(error, 'unauthenticated', 'not_found', 'conflict'))
      return data(refusal(form, SPENT), { status: 400 })
    return data(refusalOf(form, error), { status: isApiError(error) ? error.status : 400 })
  }
}

export const meta: MetaFunction = () => [
  ...pageMeta({ title: 'Choose a new password', isHidden: true }),
  { name: 'referrer', content: 'same-origin' },
]

export default function Reset() {
  const { token } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Choose a new password</h1>
      <form className="stack measure section-s" method="post">
        {refused?.message && (
          <Notice tone="danger" role="alert">
            {refused.message} <a href="/forgot">Send a new link</a>
          </Notice>
        )}
        <input type="hidden" name="token" value={token} />
        <TextField
          name="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint="8 characters or more. All your devices are signed out."
          errors={refused?.fields.password ?? refused?.fields.token}
        />
        <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
          Set the password
        </button>
      </form>
    </main>
  )
}

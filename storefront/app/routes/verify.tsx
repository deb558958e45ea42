import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

export const loader = ({ request }: LoaderFunctionArgs) => ({
  token: new URL(request.url).searchParams.get('token') ?? '',
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const token = String((await readForm(request)).get('token') ?? '')
  try {
    await api(request).post(z.unknown(), '/api/auth/verify-email', { token })
    return data({ isVerified: true })
  } catch (error) {
    if (!isApiError(error) || error.status >= 500) throw error
    return data({ isVerified: false }, { status: 400 })
  }
})

export const meta: MetaFunction = () => [
  ...pageMeta({ title: 'Confirm your e-mail', isHidden: true }),
  { name: 'referrer', content: 'same-origin' },
]

/** A button, not the link itself, confirms: mail programs open links on their own. */
export default function Verify() {
  const { token } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Confirm your e-mail</h1>
      <div className="stack measure section-s">
        {reply?.isVerified && (
          <Notice tone="positive" role="status">
            Thank you, your e-mail is confirmed. <a href="/account">To your account</a>
          </Notice>
        )}
        {reply && !reply.isVerified && (
          <Notice tone="danger" role="alert">
            This link was used already or is too old. Ask for a new one in your profile.
          </Notice>
        )}
        {!reply?.isVerified && (
          <form method="post">
            <input type="hidden" name="token" value={token} />
            <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
              Confirm
            </button>
          </form>
        )}
      </div>
    </main>
  )
}

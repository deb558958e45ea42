import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { RegisterInput, SignedIn } from '@vitrine/contracts/auth'
import { pageMeta } from '#app/features/seo.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { startSession } from '#app/server/sign-in.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request)
  const parsed = parseForm(form, RegisterInput)
  if (!parsed.ok) return data(parsed.refusal, { status: 400 })
  try {
    const tokens = await api(request).post(SignedIn, '/api/auth/register', parsed.data)
    throw await startSession(request, tokens, '/account')
  } catch (error) {
    return data(refusalOf(form, error), { status: isApiError(error) ? error.status : 400 })
  }
}

export const meta: MetaFunction = () => pageMeta({ title: 'Create an account', isHidden: true })

export default function Register() {
  const refused = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Create an account</h1>
      <form className="stack measure section-s" method="post">
        {refused?.message && (
          <Notice tone="danger" role="alert">
            {refused.message}
          </Notice>
        )}
        <TextField
          name="name"
          label="Full name"
          autoComplete="name"
          defaultValue={refused?.values.name}
          errors={refused?.fields.name}
        />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          autoComplete="username"
          inputMode="email"
          defaultValue={refused?.values.email}
          errors={refused?.fields.email}
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          hint="8 characters or more. A sentence is easier to remember than a riddle."
          errors={refused?.fields.password}
        />
        <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
          Create account
        </button>
        <p className="small muted">
          Have one already? <a href="/login">Sign in</a>
        </p>
      </form>
    </main>
  )
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { LoginInput, SignedIn } from '@vitrine/contracts/auth'
import { pageMeta } from '#app/features/seo.ts'
import type { loader as rootLoader } from '#app/root.tsx'
import { safePath } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { findUser } from '#app/server/auth.server.ts'
import { formValues, parseForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { startSession } from '#app/server/sign-in.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

const MISMATCH = 'E-mail and password do not match. Try again, or reset the password.'

export async function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const to = safePath(searchParams.get('to'), '/account')
  const user = await findUser(request).catch(() => null)
  if (user) throw redirect(to, 303)
  return { to, wasReset: searchParams.has('reset') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const { to } = formValues(form)
  form.delete('to')
  const parsed = parseForm(form, LoginInput)
  if (!parsed.ok) return data(parsed.refusal, { status: 400 })
  try {
    const tokens = await api(request).post(SignedIn, '/api/auth/login', parsed.data)
    throw await startSession(request, tokens, safePath(to, '/account'))
  } catch (error) {
    if (isApiError(error, 'unauthenticated')) return data(refusal(form, MISMATCH), { status: 401 })
    return data(refusalOf(form, error), { status: isApiError(error) ? error.status : 400 })
  }
}

export const meta: MetaFunction = () => pageMeta({ title: 'Sign in', isHidden: true })

function Beside({ isSandbox }: { isSandbox: boolean }) {
  return (
    <aside className="stack" aria-label="Without an account">
      <div className="box stack">
        <h2>New here?</h2>
        <p className="soft">You do not need an account to buy. With one, you see all your orders and keep addresses.</p>
        <p>
          <a className={buttonClass()} href="/register">
            Create an account
          </a>
        </p>
      </div>
      <div className="box stack">
        <h2>Bought as guest?</h2>
        <p className="soft">Find the order with its number and your e-mail.</p>
        <p>
          <a href="/orders/lookup">Find an order</a>
        </p>
      </div>
      {isSandbox && (
        <Notice tone="test">
          <b className="strong">Demo accounts</b>
          <dl className="demo">
            <dt>Shopper</dt>
            <dd className="mono">shopper@vitrine.test</dd>
            <dt>Admin</dt>
            <dd className="mono">admin@vitrine.test</dd>
          </dl>
          <p>The passwords are printed when the demo starts.</p>
        </Notice>
      )}
    </aside>
  )
}

export default function Login() {
  const { to, wasReset } = useLoaderData<typeof loader>()
  const shell = useRouteLoaderData<typeof rootLoader>('root')
  const refused = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Sign in</h1>
      <div className="two login">
        <form className="stack measure" method="post" action="/login">
          {wasReset && !refused && <Notice tone="positive">Your password is a new one. Sign in with it.</Notice>}
          {refused?.message && (
            <Notice tone="danger" role="alert">
              {refused.message}
            </Notice>
          )}
          <input type="hidden" name="to" value={to} />
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
            autoComplete="current-password"
            errors={refused?.fields.password}
          />
          <p className="small">
            <a href="/forgot">Forgot it?</a>
          </p>
          <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
            Sign in
          </button>
          <p className="or">or</p>
          <a className={buttonClass({ size: 'big' })} href="/checkout">
            Check out as guest
          </a>
        </form>
        <Beside isSandbox={shell?.isSandbox ?? false} />
      </div>
    </main>
  )
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react'
import { type LoginCodeInput, LoginInput, SignedIn } from '@vitrine/contracts/auth'
import { UNSENT } from '@vitrine/contracts/sign-in-path'
import { z } from 'zod'
import { pageMeta } from '#app/features/seo.ts'
import type { loader as rootLoader } from '#app/root.tsx'
import { safePath } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { findUser } from '#app/server/auth.server.ts'
import { formValues, parseForm, type Refusal, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
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

const CodeAsked = z.object({ codeRequired: z.literal(true), challenge: z.string() })

async function signIn(request: Request, form: FormData): Promise<SignedIn> {
  const { challenge, code } = formValues(form)
  if (challenge)
    return api(request).post(SignedIn, '/api/auth/login/code', { challenge, code: code ?? '' } satisfies LoginCodeInput)
  return api(request).post(SignedIn, '/api/auth/login', LoginInput.parse(formValues(form, true)))
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await readForm(request)
  const to = safePath(form.get('to'), '/account')
  form.delete('to')
  const isCode = form.has('challenge')
  const again = (refused: Refusal, status: number, challenge: string | null = null) =>
    data({ ...refused, challenge, to }, { status })
  /** The second page of a sign-in; a code that was wrong is said so beside its field. */
  const askForCode = (challenge: string, message: string) =>
    again(refusal(form, null, isCode ? { code: [message] } : {}), 401, challenge)

  const parsed = isCode ? null : parseForm(form, LoginInput)
  if (parsed?.ok === false) return again(parsed.refusal, 400)
  try {
    throw await startSession(request, await signIn(request, form), to)
  } catch (error) {
    if (isCode && isApiError(error, 'invalid_input'))
      return askForCode(String(form.get('challenge')), 'Enter the six digits, or a recovery code.')
    if (!isApiError(error, 'unauthenticated'))
      return again(refusalOf(form, error), isApiError(error) ? error.status : 400)
    const asked = CodeAsked.safeParse(error.details)
    if (asked.success) return askForCode(asked.data.challenge, error.message)
    return again(refusal(form, isCode ? error.message : MISMATCH), 401)
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

function CodeForm({ to, challenge, errors }: { to: string; challenge: string; errors: string[] | undefined }) {
  return (
    <form className="stack measure" method="post" action="/login">
      <p className="soft">Your password is right. Open your authenticator app and type what it shows for Vitrine.</p>
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="challenge" value={challenge} />
      <TextField
        name="code"
        label="Code"
        autoComplete="one-time-code"
        autoFocus
        maxLength={40}
        hint="Six digits. Without the app, one of your recovery codes."
        errors={errors}
      />
      <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
        Sign in
      </button>
      <p className="small">
        <a href="/login">Start again</a>
      </p>
    </form>
  )
}

export default function Login() {
  const { to, wasReset } = useLoaderData<typeof loader>()
  const shell = useRouteLoaderData<typeof rootLoader>('root')
  const refused = useActionData<typeof action>()
  if (refused?.challenge) {
    return (
      <main id="main" className="wrap page-top">
        <h1>One more step</h1>
        <div className="section-s">
          <CodeForm to={refused.to} challenge={refused.challenge} errors={refused.fields.code} />
        </div>
      </main>
    )
  }
  return (
    <main id="main" className="wrap page-top">
      <h1>Sign in</h1>
      <div className="two login">
        <form className="stack measure" method="post" action="/login">
          {(refused?.to ?? to).endsWith(UNSENT) && !refused && (
            <Notice tone="warning">Your session ended before that was saved. Sign in to go back to the form.</Notice>
          )}
          {wasReset && !refused && <Notice tone="positive">Your password is a new one. Sign in with it.</Notice>}
          {refused?.message && (
            <Notice tone="danger" role="alert">
              {refused.message}
            </Notice>
          )}
          <input type="hidden" name="to" value={refused?.to ?? to} />
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

import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { Done } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { pageMeta } from '#app/features/seo.ts'
import { api } from '#app/server/api.server.ts'
import { clearCookie, cookieHeaders, readCookie } from '#app/server/cookies.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { endSessionCookies } from '#app/server/session.server.ts'
import { buttonClass } from '#app/ui/button.tsx'

const Left = z.union([Done, z.undefined()])

export async function action({ request }: ActionFunctionArgs) {
  await readForm(request)
  const refreshToken = readCookie(request, 'vitrine_refresh')
  // Even if auth is away the browser forgets the session; auth ends it by itself later.
  await api(request)
    .post(Left, '/api/auth/logout', refreshToken ? { refreshToken } : {})
    .catch(() => undefined)
  throw redirect('/', { status: 303, headers: cookieHeaders(...endSessionCookies(), clearCookie('cart_count')) })
}

export const meta: MetaFunction = () => pageMeta({ title: 'Sign out', isHidden: true })

/** A link alone never signs anybody out. */
export default function Logout() {
  return (
    <main id="main" className="wrap page-top">
      <h1>Sign out?</h1>
      <form className="row section-s" method="post">
        <button className={buttonClass({ tone: 'primary' })} type="submit">
          Sign out
        </button>
        <a href="/account">Stay</a>
      </form>
    </main>
  )
}

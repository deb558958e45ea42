import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { AdminProblem } from '#app/features/admin-shell/admin-problem.tsx'
import { AdminShell } from '#app/features/admin-shell/admin-shell.tsx'
import { ProblemPage } from '#app/features/shell/problem-page.tsx'
import type { RouteHandle } from '#app/root.tsx'
import { answering } from '#app/server/answer.server.ts'
import { requireStaff } from '#app/server/auth.server.ts'
import { findPaymentConfig } from '#app/server/shop.server.ts'

export const handle: RouteHandle = { hydrate: true, shell: 'none' }

/** The title while a page below has none of its own, such as one that was not found. */
export const meta: MetaFunction = () => [{ title: 'Vitrine admin' }]

/** The edge guards `/admin`; this asks again, so that a missing label opens nothing. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const [{ id, name, email, roles, permissions }, payment] = await Promise.all([
    requireStaff(request),
    findPaymentConfig(request),
  ])
  return { staff: { id, name, email, roles, permissions }, isSandbox: payment?.mode === 'sandbox' }
})

export default function Admin() {
  const { staff, isSandbox } = useLoaderData<typeof loader>()
  return (
    <AdminShell staff={staff} isSandbox={isSandbox}>
      <Outlet />
    </AdminShell>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  const frame = useRouteLoaderData<typeof loader>('routes/admin')
  if (!frame) return <ProblemPage error={error} />
  return (
    <AdminShell staff={frame.staff} isSandbox={frame.isSandbox}>
      <AdminProblem error={error} />
    </AdminShell>
  )
}

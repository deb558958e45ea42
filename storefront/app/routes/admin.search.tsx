import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { answering } from '#app/server/answer.server.ts'
import { requireStaff } from '#app/server/auth.server.ts'

/** One search for all: mail addresses lead to people, numbers to orders, words to products. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { permissions } = await requireStaff(request)
  const query = new URL(request.url).searchParams.get('q')?.trim() ?? ''
  const q = `?q=${encodeURIComponent(query)}`
  if (query.includes('@') && permissions.includes('customers:read')) return redirect(`/admin/customers${q}`, 303)
  if (/^(V-)?[\dA-Z]*\d[\dA-Z-]*$/i.test(query) && permissions.includes('orders:read'))
    return redirect(`/admin/orders${q}`, 303)
  return redirect(`/admin/products${q}`, 303)
})

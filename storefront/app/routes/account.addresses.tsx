import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SavedAddresses, SavedAddressInput } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { AddressForm } from '#app/features/account/address-form.tsx'
import { AddressLines } from '#app/features/orders/address-lines.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { parseForm, refusalOf } from '#app/server/form.server.ts'
import { Badge } from '#app/ui/badge.tsx'

const PATH = '/api/auth/addresses'

export const loader = answering(({ request }: LoaderFunctionArgs) => api(request).get(SavedAddresses, PATH))

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await request.formData()
  const client = api(request)
  const removed = form.get('remove')
  if (typeof removed === 'string') {
    await client.delete(z.unknown(), `${PATH}/${encodeURIComponent(removed)}`)
    throw redirect('/account/addresses', 303)
  }
  const parsed = parseForm(form, SavedAddressInput, ({ isDefault, ...address }) => ({
    ...address,
    isDefault: isDefault === 'yes',
  }))
  if (!parsed.ok) return data(parsed.refusal, { status: 400 })
  try {
    await client.post(z.unknown(), PATH, parsed.data)
  } catch (error) {
    return data(refusalOf(form, error), { status: 400 })
  }
  throw redirect('/account/addresses', 303)
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your addresses', isHidden: true })

export default function Addresses() {
  const { items } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <AccountFrame title="Your addresses" path="/account/addresses">
      {items.length === 0 && <p className="soft">No address yet. Add one, and checkout fills it in.</p>}
      {items.map((address) => (
        <section key={address.id} className="box stack" aria-label={`Address of ${address.name}, ${address.line1}`}>
          {address.isDefault && (
            <p>
              <Badge tone="positive">Used first</Badge>
            </p>
          )}
          <AddressLines address={address} />
          <form method="post">
            <button className="link link--muted" type="submit" name="remove" value={address.id}>
              Remove<span className="sr"> {address.line1}</span>
            </button>
          </form>
        </section>
      ))}
      <AddressForm values={refused?.values ?? {}} errors={refused?.fields ?? {}} />
    </AccountFrame>
  )
}

import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type SavedAddress, SavedAddresses, SavedAddressInput } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { AddressForm } from '#app/features/account/address-form.tsx'
import { postalProblems } from '#app/features/checkout/postal-rules.ts'
import { AddressLines } from '#app/features/orders/address-lines.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { addressValues } from '#app/server/checkout-values.server.ts'
import { parseForm, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Badge } from '#app/ui/badge.tsx'

const PATH = '/api/auth/addresses'

/** The text fields of a saved address. */
const formOf = (address: SavedAddress | null): Record<string, string | undefined> => {
  if (!address) return {}
  return { ...addressValues(address), label: address.label }
}

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { items } = await api(request).get(SavedAddresses, PATH)
  const edited = new URL(request.url).searchParams.get('change')
  const changed = items.find(({ id }) => id === edited) ?? null
  return { items, changedId: changed?.id, values: formOf(changed) }
})

const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`

/** A form that sends one command and nothing else: true when it did. */
async function obey(request: Request, form: FormData): Promise<boolean> {
  const removed = form.get('remove')
  const first = form.get('first')
  if (typeof removed === 'string') await api(request).delete(z.unknown(), pathOf(removed))
  if (typeof first === 'string') await api(request).patch(z.unknown(), pathOf(first), { isDefault: true })
  return removed !== null || first !== null
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  if (await obey(request, form)) throw redirect('/account/addresses', 303)
  const id = form.get('id')
  form.delete('id')
  const changed = typeof id === 'string' ? id : null
  const parsed = parseForm(form, SavedAddressInput, ({ isDefault, ...address }) => ({
    ...address,
    ...(isDefault === 'yes' ? { isDefault: true } : {}),
  }))
  if (!parsed.ok) return data({ ...parsed.refusal, changed }, { status: 400 })
  const fields = postalProblems(parsed.data)
  if (Object.keys(fields).length > 0) return data({ ...refusal(form, null, fields), changed }, { status: 400 })
  // A field emptied in the form is emptied in the address, too.
  const whole = { line2: '', region: '', phone: '', label: '', ...parsed.data }
  try {
    if (changed) await api(request).patch(z.unknown(), pathOf(changed), whole)
    else await api(request).post(z.unknown(), PATH, parsed.data)
  } catch (error) {
    return data({ ...refusalOf(form, error), changed }, { status: 400 })
  }
  throw redirect('/account/addresses', 303)
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your addresses', isHidden: true })

export default function Addresses() {
  const { items, changedId, values } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const id = refused ? (refused.changed ?? undefined) : changedId
  return (
    <AccountFrame title="Your addresses" path="/account/addresses">
      {items.length === 0 && <p className="soft">No address yet. Add one, and checkout fills it in.</p>}
      {items.map((address) => (
        <section key={address.id} className="box stack" aria-label={`Address of ${address.name}, ${address.line1}`}>
          {(address.isDefault || address.label) && (
            <p className="row">
              {address.label && <b className="strong">{address.label}</b>}
              {address.isDefault && <Badge tone="positive">Used first</Badge>}
            </p>
          )}
          <AddressLines address={address} />
          <form className="row" method="post" action="/account/addresses">
            <a href={`/account/addresses?change=${address.id}#address`}>
              Change<span className="sr"> {address.line1}</span>
            </a>
            {!address.isDefault && (
              <button className="link" type="submit" name="first" value={address.id}>
                Use first<span className="sr"> {address.line1}</span>
              </button>
            )}
            <button className="link link--muted" type="submit" name="remove" value={address.id}>
              Remove<span className="sr"> {address.line1}</span>
            </button>
          </form>
        </section>
      ))}
      <AddressForm
        id={id}
        isDefault={items.some((address) => address.id === id && address.isDefault)}
        values={refused?.values ?? values}
        errors={refused?.fields ?? {}}
      />
    </AccountFrame>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Done } from '@vitrine/contracts/auth'
import { page } from '@vitrine/contracts/envelope'
import { OrderSummary } from '@vitrine/contracts/orders'
import { type Role, Roles, StaffUser, StaffUserPatch } from '@vitrine/contracts/staff'
import { OrderTable } from '#app/features/admin-orders/order-table.tsx'
import { PersonState } from '#app/features/admin-people/people-table.tsx'
import { BackLink, DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { roleTitle, useStaff } from '#app/features/admin-shell/staff.ts'
import { formatDateTime } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckField } from '#app/ui/field.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

const Orders = page(OrderSummary)

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.person.name ?? 'Customer'}, Vitrine admin` },
]

const pathOf = (id: string | undefined) => `/api/auth/users/${encodeURIComponent(id ?? '')}`

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const { permissions } = await requirePermission(request, 'customers:read')
  const [person, orders, roles] = await Promise.all([
    api(request).get(StaffUser, pathOf(params.id)),
    permissions.includes('orders:read')
      ? api(request).get(Orders, `/api/orders?scope=all&customer=${encodeURIComponent(params.id ?? '')}`)
      : null,
    permissions.includes('staff:write') ? api(request).get(Roles, '/api/auth/roles') : null,
  ])
  return { person, orders: orders?.items ?? [], roles: roles?.items ?? [] }
})

/** What is done to a person besides changing what stands in their account. */
const COMMANDS: Record<string, (request: Request, path: string) => Promise<unknown>> = {
  'invite-again': (request, path) => api(request).post(StaffUser, `${path}/invite`),
  'remove-totp': (request, path) => api(request).delete(Done, `${path}/totp`),
}

const DONE: Record<string, string> = {
  saved: 'Saved. It counts from their next click.',
  'invite-again': 'A new invitation is on its way; the earlier link is void.',
  'remove-totp': 'Sign-in asks them for the password alone now.',
}

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'staff:write')
  const form = await readForm(request)
  const intent = String(form.get('intent'))
  const command = COMMANDS[intent]
  if (command) {
    try {
      await command(request, pathOf(params.id))
    } catch (error) {
      return data(refusalOf(form, error), 409)
    }
    return redirect(`/admin/customers/${params.id}?done=${intent}`, 303)
  }
  const change = intent === 'roles' ? { roles: form.getAll('role') } : { disabled: intent === 'disable' }
  const parsed = StaffUserPatch.safeParse(change)
  if (!parsed.success) return data(refusal(form, 'Choose roles from the list.', fieldErrors(parsed.error)), 400)
  try {
    await api(request).patch(StaffUser, pathOf(params.id), parsed.data)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
  return redirect(`/admin/customers/${params.id}?done=saved`, 303)
})

/** Roles whose permissions this person holds: nobody grants what they lack. */
function RolesBox({ person, roles }: { person: StaffUser; roles: Role[] }) {
  const mine = useStaff().permissions
  return (
    <section className="box" aria-labelledby="roles">
      <h2 id="roles">Roles</h2>
      <Form method="post" className="stack">
        <div>
          {roles.map(({ name, permissions }) => (
            <CheckField
              key={name}
              name="role"
              value={name}
              label={roleTitle(name)}
              defaultChecked={person.roles.includes(name)}
              disabled={!permissions.every((permission) => mine.includes(permission))}
            />
          ))}
        </div>
        <p>
          <Button name="intent" value="roles" type="submit">
            Save roles
          </Button>
        </p>
      </Form>
    </section>
  )
}

function DisableBox({ person, isBusy }: { person: StaffUser; isBusy: boolean }) {
  if (person.isDisabled) {
    return (
      <Form method="post" className="box">
        <Button name="intent" value="enable" type="submit" isBusy={isBusy}>
          Let {person.name} sign in again
        </Button>
      </Form>
    )
  }
  return (
    <details className="box">
      <summary className="link">Disable this account</summary>
      <Form method="post" className="stack mt">
        <p>Disable {person.name}? They are signed out everywhere at once. Their orders stay.</p>
        <p>
          <Button name="intent" value="disable" type="submit" tone="danger" isBusy={isBusy}>
            Disable {person.name}
          </Button>
        </p>
      </Form>
    </details>
  )
}

export default function CustomerPage() {
  const { person, orders, roles } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const { id, permissions } = useStaff()
  const isBusy = useNavigation().state === 'submitting'
  const canChange = permissions.includes('staff:write')
  return (
    <>
      <BackLink to="/admin/customers">Customers</BackLink>
      <PageHead
        title={person.name}
        badges={(person.isDisabled || person.isInvited) && <PersonState person={person} />}
      />
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="cols">
        <div className="stack">
          <section className="box box--flush" aria-labelledby="orders">
            <div className="pad">
              <h2 id="orders">Orders</h2>
            </div>
            {orders.length > 0 ? (
              <OrderTable orders={orders} label="Orders of this person, table" />
            ) : (
              <p className="pad soft">No order yet.</p>
            )}
          </section>
        </div>
        <div className="stack">
          <section className="box" aria-labelledby="person">
            <h2 id="person">Person</h2>
            <Pairs
              items={[
                { term: 'Mail', value: person.email },
                { term: 'Confirmed', value: person.isEmailVerified ? 'Yes' : 'Not yet' },
                { term: 'Second factor', value: person.hasSecondFactor ? 'On' : 'Off' },
                { term: 'Since', value: formatDateTime(person.createdAt) },
                { term: 'Last sign-in', value: person.lastSignInAt ? formatDateTime(person.lastSignInAt) : 'Never' },
              ]}
            />
            <p className="mt">
              <Link to={`/admin/messages?to=${encodeURIComponent(person.email)}`}>Messages to this address</Link>
            </p>
            {permissions.includes('audit:read') && (
              <p>
                <Link to={`/admin/audit?person=${person.id}`}>What the audit log says of them</Link>
              </p>
            )}
          </section>
          {canChange && person.isInvited && (
            <Form method="post" className="box">
              <Button name="intent" value="invite-again" type="submit" isBusy={isBusy}>
                Send the invitation again
              </Button>
            </Form>
          )}
          {canChange && person.hasSecondFactor && person.id !== id && (
            <Form method="post" className="box">
              <Button name="intent" value="remove-totp" type="submit" isBusy={isBusy}>
                Remove their authenticator app
              </Button>
            </Form>
          )}
          {canChange && person.id !== id && <RolesBox person={person} roles={roles} />}
          {canChange && person.id !== id && <DisableBox person={person} isBusy={isBusy} />}
        </div>
      </div>
    </>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Permission } from '@vitrine/contracts/permissions'
import { type Role, Roles, StaffUsers } from '@vitrine/contracts/staff'
import { PeopleTable } from '#app/features/admin-people/people-table.tsx'
import { type EditedRole, RolesGrid } from '#app/features/admin-people/roles-grid.tsx'
import { InviteBox } from '#app/features/admin-people/staff-forms.tsx'
import { DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusalOf } from '#app/server/form.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { INTENTS } from './intents.server.ts'

const DONE: Record<string, string> = {
  invite: 'The invitation is on its way.',
  role: 'The role is saved. It counts from the next click of each person.',
  'remove-role': 'The role is gone.',
}

export const meta: MetaFunction = () => [{ title: 'Staff and roles, Vitrine admin' }]

/** Staff are the people of every role but the customer's. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { permissions } = await requirePermission(request, 'staff:write')
  const { items } = await api(request).get(Roles, '/api/auth/roles')
  const roles = items.filter(({ name }) => name !== 'customer')
  if (!permissions.includes('customers:read')) return { roles, people: null }
  const pages = await Promise.all(
    roles.map(({ name }) => api(request).get(StaffUsers, `/api/auth/users?limit=100&role=${encodeURIComponent(name)}`)),
  )
  const people = new Map(pages.flatMap((page) => page.items).map((person) => [person.id, person]))
  return { roles, people: [...people.values()] }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'staff:write')
  const form = await readForm(request)
  const intent = String(form.get('intent'))
  const ticked = form.getAll('permission').map(String)
  try {
    const refused = (await INTENTS[intent]?.(request, form)) ?? null
    if (refused) return data({ ...refused, intent, ticked }, 400)
  } catch (error) {
    return data({ ...refusalOf(form, error), intent, ticked }, 409)
  }
  return redirect(`/admin/staff?done=${intent}`, 303)
})

type Refused = ReturnType<typeof useActionData<typeof action>>

/** The role to tick: the one that was refused, else the one the address names. */
function editedRole(roles: Role[], asked: string | null, refused: Refused): EditedRole | null {
  const isRefused = refused?.intent === 'role' || refused?.intent === 'remove-role'
  const isNew = isRefused ? refused.values.isNew === 'yes' : asked === 'new'
  const errors = isRefused ? refused.fields : {}
  // What was ticked came from boxes of permissions; anything else is dropped by the grid, which looks them up.
  const ticked = refused?.intent === 'role' ? (refused.ticked as Permission[]) : null
  if (isNew) return { name: null, permissions: ticked ?? [], nameTyped: refused?.values.roleName, errors }
  const name = isRefused ? refused.values.roleName : asked
  const role = roles.find((one) => one.name === name && !one.isBuiltIn)
  return role ? { name: role.name, permissions: ticked ?? role.permissions, nameTyped: undefined, errors } : null
}

export default function Staff() {
  const { roles, people } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const edited = editedRole(roles, query.get('role'), refused)
  const invited = refused?.intent === 'invite' ? refused : null
  return (
    <>
      <PageHead title="Staff and roles">
        <Link className={buttonClass()} to="/admin/staff?invite=yes#invite">
          Invite a colleague
        </Link>
        <Link className={buttonClass({ tone: 'primary' })} to="/admin/staff?role=new#roles">
          <Icon name="plus" />
          New role
        </Link>
      </PageHead>
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="stack">
        <section className="box box--flush" aria-labelledby="roles">
          <div className="pad">
            <h2 id="roles">What each role may do</h2>
            <p className="soft measure">
              Built-in roles are fixed. Tick what an own role may do; it counts from the next click of each person.
            </p>
          </div>
          <RolesGrid roles={roles} edited={edited} />
        </section>
        <InviteBox
          roles={roles}
          isOpen={invited !== null || query.has('invite')}
          values={invited?.values ?? {}}
          errors={invited?.fields ?? {}}
        />
        {people && (
          <section className="box box--flush" aria-labelledby="people">
            <div className="pad">
              <h2 id="people">People</h2>
            </div>
            <PeopleTable people={people} />
          </section>
        )}
      </div>
    </>
  )
}

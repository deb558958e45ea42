import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { InviteInput, Role, RoleInput, RoleName, Roles, StaffUser, StaffUsers } from '@vitrine/contracts/auth'
import { PeopleTable } from '#app/features/admin-people/people-table.tsx'
import { RolesGrid } from '#app/features/admin-people/roles-grid.tsx'
import { InviteBox, RoleBox, type StaffFormState } from '#app/features/admin-people/staff-forms.tsx'
import { DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, formValues, type Refusal, refusal, refusalOf } from '#app/server/form.server.ts'

const DONE: Record<string, string> = {
  invite: 'The invitation is on its way.',
  role: 'The role is saved. It counts from the next click of each person.',
}

export const meta: MetaFunction = () => [{ title: 'Staff and roles, Vitrine admin' }]

/** Staff are the people of every role but the customer's. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'staff:write')
  const { items: roles } = await api(request).get(Roles, '/api/auth/roles')
  const staffed = roles.filter(({ permissions }) => permissions.length > 0)
  const pages = await Promise.all(
    staffed.map(({ name }) =>
      api(request).get(StaffUsers, `/api/auth/users?limit=100&role=${encodeURIComponent(name)}`),
    ),
  )
  const people = new Map(pages.flatMap(({ items }) => items).map((person) => [person.id, person]))
  return { roles: staffed, people: [...people.values()] }
})

type Intent = (request: Request, form: FormData) => Promise<Refusal | null>

const invite: Intent = async (request, form) => {
  const { name, email } = formValues(form)
  const parsed = InviteInput.safeParse({ name, email, roles: form.getAll('role') })
  if (!parsed.success) return refusal(form, null, fieldErrors(parsed.error))
  await api(request).post(StaffUser, '/api/auth/users', parsed.data)
  return null
}

const role: Intent = async (request, form) => {
  const name = RoleName.safeParse(form.get('roleName'))
  const parsed = RoleInput.safeParse({ permissions: form.getAll('permission') })
  if (!name.success) return refusal(form, null, { roleName: ['Use small letters, digits and dashes.'] })
  if (!parsed.success) return refusal(form, 'Choose permissions from the list.')
  await api(request).put(Role, `/api/auth/roles/${name.data}`, parsed.data)
  return null
}

const INTENTS: Record<string, Intent> = { invite, role }

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'staff:write')
  const form = await request.formData()
  const name = String(form.get('intent'))
  try {
    const refused = (await INTENTS[name]?.(request, form)) ?? null
    if (refused) return data({ ...refused, intent: name }, 400)
  } catch (error) {
    return data({ ...refusalOf(form, error), intent: name }, 409)
  }
  return redirect(`/admin/staff?done=${name}`, 303)
})

export default function Staff() {
  const { roles, people } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const stateOf = (intent: string): StaffFormState =>
    refused?.intent === intent
      ? { isOpen: true, values: refused.values, errors: refused.fields }
      : { isOpen: false, values: {}, errors: {} }
  return (
    <>
      <PageHead title="Staff and roles" />
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="stack">
        <section className="box box--flush" aria-labelledby="people">
          <div className="pad">
            <h2 id="people">People</h2>
          </div>
          <PeopleTable people={people} />
        </section>
        <InviteBox roles={roles} {...stateOf('invite')} />
        <section className="box box--flush" aria-labelledby="roles">
          <div className="pad">
            <h2 id="roles">What each role may do</h2>
            <p className="soft measure">
              Built-in roles are fixed. Own roles count from the next click of each person.
            </p>
          </div>
          <RolesGrid roles={roles} />
        </section>
        <RoleBox existing={null} {...stateOf('role')} />
        {roles
          .filter(({ isBuiltIn }) => !isBuiltIn)
          .map((own) => (
            <RoleBox key={own.name} existing={own} isOpen={false} values={{}} errors={{}} />
          ))}
      </div>
    </>
  )
}

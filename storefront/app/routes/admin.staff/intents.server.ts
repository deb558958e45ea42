import { Done, RoleName } from '@vitrine/contracts/auth'
import { InviteInput, Role, RoleInput, Roles, StaffUser } from '@vitrine/contracts/staff'
import { api } from '#app/server/api.server.ts'
import { fieldErrors, formValues, type Refusal, refusal } from '#app/server/form.server.ts'

type Intent = (request: Request, form: FormData) => Promise<Refusal | null>

const invite: Intent = async (request, form) => {
  const { name, email } = formValues(form)
  const parsed = InviteInput.safeParse({ name, email, roles: form.getAll('role') })
  if (!parsed.success) return refusal(form, null, fieldErrors(parsed.error))
  await api(request).post(StaffUser, '/api/auth/users', parsed.data)
  return null
}

const isTaken = async (request: Request, name: string): Promise<boolean> => {
  const { items } = await api(request).get(Roles, '/api/auth/roles')
  return items.some((role) => role.name === name)
}

const role: Intent = async (request, form) => {
  const name = RoleName.safeParse(form.get('roleName'))
  const parsed = RoleInput.safeParse({ permissions: form.getAll('permission') })
  if (!name.success) return refusal(form, null, { roleName: ['Use small letters, digits and dashes.'] })
  if (!parsed.success) return refusal(form, 'Choose permissions from the list.')
  if (form.has('isNew') && (await isTaken(request, name.data)))
    return refusal(form, null, { roleName: ['There is a role of this name already.'] })
  await api(request).put(Role, `/api/auth/roles/${name.data}`, parsed.data)
  return null
}

const removeRole: Intent = async (request, form) => {
  await api(request).delete(Done, `/api/auth/roles/${encodeURIComponent(String(form.get('roleName')))}`)
  return null
}

export const INTENTS: Record<string, Intent> = { invite, role, 'remove-role': removeRole }

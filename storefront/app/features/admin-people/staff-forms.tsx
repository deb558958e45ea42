import { Form } from '@remix-run/react'
import type { Role } from '@vitrine/contracts/auth'
import type { Permission } from '@vitrine/contracts/permissions'
import { PERMISSION_GROUPS } from '#app/features/admin-people/permission-titles.ts'
import { roleTitle, useStaff } from '#app/features/admin-shell/staff.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckField, TextField } from '#app/ui/field.tsx'

export interface StaffFormState {
  isOpen: boolean
  values: Record<string, string>
  errors: Record<string, string[] | undefined>
}

export function InviteBox({ roles, isOpen, values, errors }: StaffFormState & { roles: Role[] }) {
  const mine = useStaff().permissions
  const grantable = roles.filter(({ permissions }) => permissions.every((permission) => mine.includes(permission)))
  return (
    <details className="box" open={isOpen}>
      <summary className="link">Invite a colleague</summary>
      <Form method="post" className="stack mt" noValidate>
        <TextField name="name" label="Name" defaultValue={values.name} errors={errors.name} />
        <TextField name="email" label="Mail address" type="email" defaultValue={values.email} errors={errors.email} />
        <fieldset className="field">
          <legend>Roles</legend>
          {grantable.map(({ name }) => (
            <CheckField key={name} name="role" value={name} label={roleTitle(name)} />
          ))}
        </fieldset>
        <p>
          <Button name="intent" value="invite" type="submit" tone="primary">
            Send invitation
          </Button>
        </p>
      </Form>
    </details>
  )
}

/** `catalog:write` stays with admins, and nobody grants what they lack: both are refused by auth, too. */
const canGrant = (permission: Permission, mine: readonly Permission[]): boolean =>
  permission !== 'catalog:write' && mine.includes(permission)

function RoleForm({ existing, errors, values }: { existing: Role | null } & Omit<StaffFormState, 'isOpen'>) {
  const mine = useStaff().permissions
  return (
    <Form method="post" className="stack mt" noValidate>
      {existing ? (
        <input type="hidden" name="roleName" value={existing.name} />
      ) : (
        <TextField
          name="roleName"
          label="Name of the role"
          hint="Small letters, digits and dashes, such as warehouse."
          defaultValue={values.roleName}
          errors={errors.roleName}
        />
      )}
      {PERMISSION_GROUPS.map((group) => (
        <fieldset className="field" key={group.title}>
          <legend>{group.title}</legend>
          {group.permissions.map(([permission, title]) => (
            <CheckField
              key={permission}
              name="permission"
              value={permission}
              label={title}
              defaultChecked={existing?.permissions.includes(permission)}
              disabled={!canGrant(permission, mine)}
            />
          ))}
        </fieldset>
      ))}
      <p className="field__hint">
        Grey boxes: only admins change the catalog, and you can only grant what you may do yourself.
      </p>
      <p>
        <Button name="intent" value="role" type="submit" tone="primary">
          Save {existing ? roleTitle(existing.name) : 'role'}
        </Button>
      </p>
    </Form>
  )
}

export function RoleBox({ existing, isOpen, ...state }: StaffFormState & { existing: Role | null }) {
  return (
    <details className="box" open={isOpen}>
      <summary className="link">{existing ? `Change ${roleTitle(existing.name)}` : 'New role'}</summary>
      <RoleForm existing={existing} {...state} />
    </details>
  )
}

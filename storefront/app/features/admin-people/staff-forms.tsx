import { Form } from '@remix-run/react'
import type { Role } from '@vitrine/contracts/staff'
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
    <details className="box" id="invite" open={isOpen}>
      <summary className="link">Invite a colleague</summary>
      <Form method="post" action="/admin/staff" className="stack mt" noValidate>
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

import { Form, Link } from '@remix-run/react'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Role } from '@vitrine/contracts/staff'
import { Fragment } from 'react'
import { PERMISSION_GROUPS } from '#app/features/admin-people/permission-titles.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { roleTitle, useStaff } from '#app/features/admin-shell/staff.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Icon } from '#app/ui/icon.tsx'

/** The role whose column has boxes to tick; a new one has no name yet. */
export interface EditedRole {
  name: string | null
  permissions: readonly Permission[]
  nameTyped: string | undefined
  errors: Record<string, string[] | undefined>
}

const NEW_COLUMN = 'New role'

/** `catalog:write` stays with admins, and nobody grants what they lack: both are refused by auth, too. */
const canGrant = (permission: Permission, mine: readonly Permission[]): boolean =>
  permission !== 'catalog:write' && mine.includes(permission)

function Cell({ isHeld }: { isHeld: boolean }) {
  return (
    <td>
      {isHeld ? (
        <>
          <Icon name="check" />
          <span className="sr">Yes</span>
        </>
      ) : (
        <>
          <span className="no" aria-hidden="true">
            –
          </span>
          <span className="sr">No</span>
        </>
      )}
    </td>
  )
}

function BoxCell({ edited, permission, title }: { edited: EditedRole; permission: Permission; title: string }) {
  const mine = useStaff().permissions
  const who = edited.name ? roleTitle(edited.name) : NEW_COLUMN
  return (
    <td className="mine">
      <input
        type="checkbox"
        name="permission"
        value={permission}
        defaultChecked={edited.permissions.includes(permission)}
        disabled={!canGrant(permission, mine)}
        aria-label={`${title}: ${who}`}
      />
    </td>
  )
}

function Head({ role, canEdit }: { role: Role; canEdit: boolean }) {
  return (
    <th scope="col">
      {roleTitle(role.name)}
      <small>
        {role.isBuiltIn && 'Built in'}
        {!role.isBuiltIn && !canEdit && 'Own role'}
        {canEdit && (
          <Link to={`/admin/staff?role=${role.name}#roles`}>
            Change<span className="sr"> {roleTitle(role.name)}</span>
          </Link>
        )}
      </small>
    </th>
  )
}

function Grid({ roles, edited }: { roles: Role[]; edited: EditedRole | null }) {
  const mine = useStaff().permissions
  const columns = roles.length + (edited?.name === null ? 2 : 1)
  const isEdited = (role: Role) => edited?.name === role.name
  const canEdit = (role: Role) =>
    !role.isBuiltIn && !isEdited(role) && role.permissions.every((permission) => mine.includes(permission))
  return (
    <TableRegion label="Permission grid">
      <table className="table matrix">
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {roles.map((role) => (
              <Head key={role.name} role={role} canEdit={canEdit(role)} />
            ))}
            {edited?.name === null && <th scope="col">{NEW_COLUMN}</th>}
          </tr>
        </thead>
        <tbody>
          {PERMISSION_GROUPS.map((group) => (
            <Fragment key={group.title}>
              <tr className="group">
                <th scope="rowgroup" colSpan={columns}>
                  {group.title}
                </th>
              </tr>
              {group.permissions.map(([permission, title]) => (
                <tr key={permission}>
                  <th scope="row">
                    {title}
                    <code>{permission}</code>
                  </th>
                  {roles.map((role) =>
                    edited && isEdited(role) ? (
                      <BoxCell key={role.name} edited={edited} permission={permission} title={title} />
                    ) : (
                      <Cell key={role.name} isHeld={role.permissions.includes(permission)} />
                    ),
                  )}
                  {edited?.name === null && <BoxCell edited={edited} permission={permission} title={title} />}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

function EditFoot({ edited }: { edited: EditedRole }) {
  return (
    <div className="foot-row">
      <p className="soft">Grey boxes: only admins change the catalog, and you grant what you may do yourself.</p>
      <div className="row">
        {edited.name && (
          <Button name="intent" value="remove-role" type="submit" tone="danger">
            Delete {roleTitle(edited.name)}
          </Button>
        )}
        <Link className={buttonClass()} to="/admin/staff">
          Discard
        </Link>
        <Button name="intent" value="role" type="submit" tone="primary">
          Save {edited.name ? roleTitle(edited.name) : 'role'}
        </Button>
      </div>
    </div>
  )
}

/** Who may do what, one column a role; the column of one role can be ticked. */
export function RolesGrid({ roles, edited }: { roles: Role[]; edited: EditedRole | null }) {
  if (!edited) return <Grid roles={roles} edited={null} />
  return (
    <Form method="post" action="/admin/staff" key={edited.name ?? 'new'}>
      {/* Enter in the field presses the first button of the form: it must be the one that saves. */}
      <button className="sr" type="submit" name="intent" value="role" tabIndex={-1} aria-hidden="true" />
      {edited.name && <input type="hidden" name="roleName" value={edited.name} />}
      {edited.name === null && (
        <div className="pad measure">
          <input type="hidden" name="isNew" value="yes" />
          <TextField
            name="roleName"
            label="Name of the role"
            hint="Small letters, digits and dashes, such as warehouse."
            defaultValue={edited.nameTyped}
            errors={edited.errors.roleName}
          />
        </div>
      )}
      <Grid roles={roles} edited={edited} />
      <EditFoot edited={edited} />
    </Form>
  )
}

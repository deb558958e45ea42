import type { Role } from '@vitrine/contracts/auth'
import { Fragment } from 'react'
import { PERMISSION_GROUPS } from '#app/features/admin-people/permission-titles.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { roleTitle } from '#app/features/admin-shell/staff.ts'
import { Icon } from '#app/ui/icon.tsx'

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

/** Who may do what, one column a role. */
export function RolesGrid({ roles }: { roles: Role[] }) {
  return (
    <TableRegion label="Permission grid">
      <table className="table matrix">
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {roles.map(({ name, isBuiltIn }) => (
              <th scope="col" key={name}>
                {roleTitle(name)}
                <small>{isBuiltIn ? 'Built in' : 'Own role'}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PERMISSION_GROUPS.map((group) => (
            <Fragment key={group.title}>
              <tr className="group">
                <th scope="rowgroup" colSpan={roles.length + 1}>
                  {group.title}
                </th>
              </tr>
              {group.permissions.map(([permission, title]) => (
                <tr key={permission}>
                  <th scope="row">
                    {title}
                    <code>{permission}</code>
                  </th>
                  {roles.map((role) => (
                    <Cell key={role.name} isHeld={role.permissions.includes(permission)} />
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

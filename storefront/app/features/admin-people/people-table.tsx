import { Link } from '@remix-run/react'
import type { StaffUser } from '@vitrine/contracts/staff'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { initialsOf, roleTitle } from '#app/features/admin-shell/staff.ts'
import { formatDateTime } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'

export function PersonState({ person }: { person: StaffUser }) {
  if (person.isDisabled) return <Badge tone="danger">Disabled</Badge>
  if (person.isInvited) return <Badge tone="warning">Invited</Badge>
  return <Badge tone="positive">Active</Badge>
}

export function PeopleTable({ people }: { people: StaffUser[] }) {
  return (
    <TableRegion label="People, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <div className="thing">
                  <span className="avatar" aria-hidden="true">
                    {initialsOf(person.name)}
                  </span>
                  <div>
                    <Link to={`/admin/customers/${person.id}`}>{person.name}</Link>
                    <small>{person.email}</small>
                  </div>
                </div>
              </td>
              <td>{person.roles.map(roleTitle).join(', ') || 'Customer'}</td>
              <td>
                <PersonState person={person} />
              </td>
              <td className="muted">{person.lastSignInAt ? formatDateTime(person.lastSignInAt) : 'Never'}</td>
              <td className="muted">{formatDateTime(person.createdAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

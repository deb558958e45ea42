import {
  AuditEntries,
  AuditQuery,
  InviteInput,
  Role,
  RoleInput,
  RoleName,
  Roles,
  StaffUser,
  StaffUserPatch,
  StaffUsers,
  UsersQuery,
} from '@vitrine/contracts/auth'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import { originOf } from './origin.ts'
import type { RoleService } from './role.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'
import type { StaffService } from './staff.service.ts'

const userParams = z.object({ id: z.string() })
const roleParams = z.object({ name: RoleName })

export function addStaffRoutes(app: ServiceApp, { staff, roles }: { staff: StaffService; roles: RoleService }) {
  addUserRoutes(app, staff)
  addRoleRoutes(app, roles)
}

function addUserRoutes(app: ServiceApp, staff: StaffService) {
  return app
    .get('/api/auth/users', async ({ query }) => ok(await staff.listUsers(query)), {
      permission: 'customers:read',
      query: UsersQuery,
      response: replies(StaffUsers),
    })
    .get('/api/auth/users/:id', async ({ params }) => ok(await staff.getUser(params.id)), {
      permission: 'customers:read',
      params: userParams,
      response: replies(StaffUser),
    })
    .post(
      '/api/auth/users',
      async ({ identity, body, set, request, requestId }) => {
        const user = await staff.invite(requireIdentity(identity), body, originOf({ request, requestId }))
        set.status = 201
        return ok(user)
      },
      { permission: 'staff:write', body: InviteInput, response: replies(StaffUser, 201) },
    )
    .patch(
      '/api/auth/users/:id',
      async ({ identity, params, body, request, requestId }) =>
        ok(await staff.changeUser(requireIdentity(identity), params.id, body, originOf({ request, requestId }))),
      { permission: 'staff:write', params: userParams, body: StaffUserPatch, response: replies(StaffUser) },
    )
    .get('/api/auth/audit', async ({ query }) => ok(await staff.listAudit(query)), {
      permission: 'audit:read',
      query: AuditQuery,
      response: replies(AuditEntries),
    })
}

function addRoleRoutes(app: ServiceApp, roles: RoleService) {
  return app
    .get('/api/auth/roles', async () => ok(await roles.list()), {
      permission: 'staff:write',
      response: replies(Roles),
    })
    .get('/api/auth/roles/:name', async ({ params }) => ok(await roles.get(params.name)), {
      permission: 'staff:write',
      params: roleParams,
      response: replies(Role),
    })
    .put(
      '/api/auth/roles/:name',
      async ({ identity, params, body, request, requestId }) =>
        ok(await roles.put(requireIdentity(identity), params.name, body, originOf({ request, requestId }))),
      { permission: 'staff:write', params: roleParams, body: RoleInput, response: replies(Role) },
    )
}

import { Done, RoleName } from '@vitrine/contracts/auth'
import {
  AuditEntries,
  AuditQuery,
  InviteInput,
  Role,
  RoleInput,
  Roles,
  StaffUser,
  StaffUserPatch,
  StaffUsers,
  UsersQuery,
} from '@vitrine/contracts/staff'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { AuditService } from './audit.service.ts'
import { originOf } from './origin.ts'
import type { RoleService } from './role.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'
import type { StaffService } from './staff.service.ts'

const userParams = z.object({ id: z.string() })
const roleParams = z.object({ name: RoleName })

export interface StaffRoutesDeps {
  staff: StaffService
  roles: RoleService
  audit: AuditService
}

export function addStaffRoutes(app: ServiceApp, { staff, roles, audit }: StaffRoutesDeps) {
  addUserRoutes(app, staff)
  addRoleRoutes(app, roles)
  app.get('/api/auth/audit', async ({ query }) => ok(await audit.list(query)), {
    permission: 'audit:read',
    query: AuditQuery,
    detail: { summary: 'The audit log, newest first' },
    response: replies(AuditEntries),
  })
}

function addUserRoutes(app: ServiceApp, staff: StaffService) {
  return app
    .get('/api/auth/users', async ({ query }) => ok(await staff.listUsers(query)), {
      permission: 'customers:read',
      query: UsersQuery,
      detail: { summary: 'List people' },
      response: replies(StaffUsers),
    })
    .get('/api/auth/users/:id', async ({ params }) => ok(await staff.getUser(params.id)), {
      permission: 'customers:read',
      params: userParams,
      detail: { summary: 'One person' },
      response: replies(StaffUser),
    })
    .post(
      '/api/auth/users',
      async ({ identity, body, set, request, requestId }) => {
        const user = await staff.invite(requireIdentity(identity), body, originOf({ request, requestId }))
        set.status = 201
        return ok(user)
      },
      {
        permission: 'staff:write',
        body: InviteInput,
        detail: { summary: 'Invite somebody by mail' },
        response: replies(StaffUser, 201),
      },
    )
    .patch(
      '/api/auth/users/:id',
      async ({ identity, params, body, request, requestId }) =>
        ok(await staff.changeUser(requireIdentity(identity), params.id, body, originOf({ request, requestId }))),
      {
        permission: 'staff:write',
        params: userParams,
        body: StaffUserPatch,
        detail: { summary: 'Change roles, or disable an account' },
        response: replies(StaffUser),
      },
    )
    .post(
      '/api/auth/users/:id/invite',
      async ({ identity, params, request, requestId }) =>
        ok(await staff.inviteAgain(requireIdentity(identity), params.id, originOf({ request, requestId }))),
      {
        permission: 'staff:write',
        params: userParams,
        detail: { summary: 'Send the invitation again' },
        response: replies(StaffUser),
      },
    )
}

function addRoleRoutes(app: ServiceApp, roles: RoleService) {
  return app
    .get('/api/auth/roles', async () => ok(await roles.list()), {
      permission: 'staff:write',
      detail: { summary: 'List roles with their permissions' },
      response: replies(Roles),
    })
    .get('/api/auth/roles/:name', async ({ params }) => ok(await roles.get(params.name)), {
      permission: 'staff:write',
      params: roleParams,
      detail: { summary: 'One role' },
      response: replies(Role),
    })
    .put(
      '/api/auth/roles/:name',
      async ({ identity, params, body, request, requestId }) =>
        ok(await roles.put(requireIdentity(identity), params.name, body, originOf({ request, requestId }))),
      {
        permission: 'staff:write',
        params: roleParams,
        body: RoleInput,
        detail: { summary: 'Make or change a role' },
        response: replies(Role),
      },
    )
    .delete(
      '/api/auth/roles/:name',
      async ({ identity, params, request, requestId }) => {
        await roles.remove(requireIdentity(identity), params.name, originOf({ request, requestId }))
        return ok({ done: true as const })
      },
      {
        permission: 'staff:write',
        params: roleParams,
        detail: { summary: 'Remove a role nobody holds' },
        response: replies(Done),
      },
    )
}

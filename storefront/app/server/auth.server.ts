import { redirect } from '@remix-run/node'
import { User } from '@vitrine/contracts/auth'
import type { Permission } from '@vitrine/contracts/permissions'
import { problem, signInFrom } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { readCookie } from '#app/server/cookies.server.ts'

/** Whether the browser holds a session, without asking anybody: good for what to show, not for what to allow. */
export function hasSession(request: Request): boolean {
  return readCookie(request, 'vitrine_access') !== null
}

/** The signed-in person, or null. One call to auth, none for guests. */
export async function findUser(request: Request): Promise<User | null> {
  if (!hasSession(request)) return null
  try {
    return await api(request).get(User, '/api/auth/me')
  } catch (error) {
    if (isApiError(error, 'unauthenticated')) return null
    throw error
  }
}

/** The signed-in person; others are sent to the sign-in page and come back afterwards. */
export async function requireUser(request: Request): Promise<User> {
  const user = await findUser(request)
  if (!user) throw redirect(signInFrom(request), 303)
  return user
}

/** The signed-in person if they hold any permission of staff; others get 403. */
export async function requireStaff(request: Request): Promise<User> {
  const user = await requireUser(request)
  if (user.permissions.length === 0) problem(request, 403, 'forbidden', 'This page is for the people who run the shop.')
  return user
}

export async function requirePermission(request: Request, permission: Permission): Promise<User> {
  const user = await requireUser(request)
  if (!user.permissions.includes(permission)) {
    problem(request, 403, 'forbidden', `Your role does not include ${permission}.`)
  }
  return user
}

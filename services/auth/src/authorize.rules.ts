import { type Identity, SERVICE_NAMES, type ServiceName } from '@vitrine/contracts/identity'
import { Permission } from '@vitrine/contracts/permissions'
import { z } from 'zod'

/** What a middleware at the edge may demand. */
export const Access = z.enum(['anyone', 'signed-in', 'page', 'staff-page', ...Permission.options])
export type Access = z.infer<typeof Access>

export type Verdict =
  | { outcome: 'pass' }
  | { outcome: 'unauthenticated' }
  | { outcome: 'forbidden'; permission: Permission | null }

const isPage = (access: Access): boolean => access === 'page' || access === 'staff-page'
const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Cookies speak for pages, and for reads of the API; a write of the API needs the bearer token. */
export const isCookieAllowed = (access: Access, method: string): boolean => isPage(access) || isRead(method)

/** A page opens for an expired access token whose session lives, so that the storefront can refresh it. */
export const isExpiredAllowed = isPage

/** The service an assertion is for: the name after `/api`, else the storefront. */
export function audienceOf(path: string): ServiceName {
  const [, root, name] = path.split(/[/?#]/)
  const service = root === 'api' ? SERVICE_NAMES.find((known) => known === name) : undefined
  return service ?? 'storefront'
}

export function decide(access: Access, identity: Identity | null): Verdict {
  if (access === 'anyone') return { outcome: 'pass' }
  if (!identity) return { outcome: 'unauthenticated' }
  if (access === 'signed-in' || access === 'page') return { outcome: 'pass' }
  if (access === 'staff-page')
    return identity.permissions.length > 0 ? { outcome: 'pass' } : { outcome: 'forbidden', permission: null }
  return identity.permissions.includes(access) ? { outcome: 'pass' } : { outcome: 'forbidden', permission: access }
}

/** Pages are redirected; data requests of the storefront's script and everything else get the envelope. */
export const isRedirected = (access: Access, uri: string): boolean => isPage(access) && !/\.data(\?|$)/.test(uri)

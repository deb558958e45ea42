import type { ProductListQuery } from '@vitrine/contracts/catalog'
import type { Identity } from '@vitrine/contracts/identity'
import { AppError } from '@vitrine/kernel/errors'

/** Drafts and archived products are for editors alone: a status in the query asks for the permission to write. */
export function scopeFor(
  status: ProductListQuery['status'],
  identity: Identity | null,
): NonNullable<ProductListQuery['status']> {
  if (status === undefined || status === 'active') return 'active'
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  if (!identity.permissions.includes('catalog:write'))
    throw new AppError('forbidden', 'This needs the permission catalog:write.', { permission: 'catalog:write' })
  return status
}

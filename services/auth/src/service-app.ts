import type { Identity } from '@vitrine/contracts/identity'
import type { createServiceApp } from '@vitrine/kernel/app'
import { AppError } from '@vitrine/kernel/errors'

/** The kernel's app that the route files add to. */
export type ServiceApp = ReturnType<typeof createServiceApp>

/** Narrows the identity on a route that is already guarded. */
export function requireIdentity(identity: Identity | null): Identity {
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  return identity
}

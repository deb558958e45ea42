import type { Identity } from '@vitrine/contracts/identity'
import { AppError } from '@vitrine/kernel/errors'
import type { Editor } from './edit.ts'

/** Who is editing, for the ledger and the events. Routes that use it name a permission, so there is an identity. */
export const editorOf = ({ identity, requestId }: { identity: Identity | null; requestId: string }): Editor => ({
  actor: identity?.userId ?? 'system',
  requestId,
})

/** The signed-in person. Routes that use it are guarded; this tells the types. */
export function personOf({ identity }: { identity: Identity | null }): Identity {
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  return identity
}

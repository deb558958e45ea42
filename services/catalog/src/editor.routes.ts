import type { Identity } from '@vitrine/contracts/identity'
import { AppError } from '@vitrine/kernel/errors'
import { handOf } from '@vitrine/kernel/staff-act'
import type { Editor } from './edit.ts'

/** Who is editing, for the ledger, the events and the audit log. Routes that use it name a permission. */
export const editorOf = (context: { identity: Identity | null; request: Request; requestId: string }): Editor => ({
  actor: context.identity?.userId ?? 'system',
  requestId: context.requestId,
  hand: handOf(context),
})

/** The signed-in person. Routes that use it are guarded; this tells the types. */
export function personOf({ identity }: { identity: Identity | null }): Identity {
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  return identity
}

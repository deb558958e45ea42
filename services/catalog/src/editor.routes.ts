import type { Identity } from '@vitrine/contracts/identity'
import type { Editor } from './edit.service.ts'

/** Who is editing, for the ledger and the events. Routes that use it name a permission, so there is an identity. */
export const editorOf = ({ identity, requestId }: { identity: Identity | null; requestId: string }): Editor => ({
  actor: identity?.userId ?? 'system',
  requestId,
})

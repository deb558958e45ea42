import { newId } from '@vitrine/kernel/ids'
import type { Origin } from './account.ts'
import type { AuthStore } from './store.repository.ts'

export interface AuditedAct {
  action: string
  actor: string | null
  target?: string | null
  sessionId?: string | null
  details?: Record<string, unknown>
}

/** Writes one line of the audit log in the store given, so within its transaction. */
export function recordAct(store: AuthStore, now: Date, origin: Origin, act: AuditedAct): Promise<void> {
  const { action, actor, target = actor, sessionId = null, details = {} } = act
  const { address, requestId } = origin
  return store.audit.add({ id: newId('aud'), at: now, action, actor, target, sessionId, address, requestId, details })
}

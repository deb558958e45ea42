import type { DomainEvent } from '@vitrine/contracts/events'
import type { Identity } from '@vitrine/contracts/identity'
import type { AuditEntry, AuditQuery } from '@vitrine/contracts/staff'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError } from '@vitrine/kernel/errors'
import { hashToken, newId } from '@vitrine/kernel/ids'
import type { Origin } from './account.ts'
import { auditFilter, bucketOf } from './audit.rules.ts'
import type { AuthStore } from './store.repository.ts'

export interface AuditedAct {
  action: string
  actor: string | null
  target?: string | null
  sessionId?: string | null
  details?: Record<string, unknown>
}

const toLine = (id: string, at: Date, { address, requestId }: Origin, act: AuditedAct) => {
  const { action, actor, target = actor, sessionId = null, details = {} } = act
  return { id, at, action, actor, target, sessionId, address, requestId, details }
}

/** Writes one line of the audit log in the store given, so within its transaction. */
export function recordAct(store: AuthStore, now: Date, origin: Origin, act: AuditedAct): Promise<void> {
  return store.audit.add(toLine(newId('aud'), now, origin, act))
}

/**
 * Writes what anybody can cause at will: repeats of one kind, by and to the same and from one address, share a line
 * for ten minutes, so that nobody floods the log.
 */
export function recordOften(store: AuthStore, now: Date, origin: Origin, act: AuditedAct): Promise<void> {
  const { action, actor, target = actor, details = {} } = act
  const kind = [action, actor, target, origin.address, details.permission, bucketOf(now)].join('\n')
  return store.audit.count(toLine(`aud_${hashToken(kind).slice(0, 22)}`, now, origin, act))
}

/** Runs `work`; when it is refused for a permission the actor lacks, the log keeps that, beside its transaction. */
export async function withRefusalKept<T>(
  { store, clock }: { store: AuthStore; clock: Clock },
  { actor, target, origin }: { actor: Identity; target: string; origin: Origin },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') {
      const { userId, sessionId } = actor
      const act = { action: 'access.refused', actor: userId, target, sessionId, details: { ...error.details } }
      await recordOften(store, clock.now(), origin, act)
    }
    throw error
  }
}

/** Keeps what another service says that staff changed there. */
export function recordStaffAct(store: AuthStore, event: DomainEvent<'staff.acted'>): Promise<void> {
  const { before, after, address, ...act } = event.data
  const origin = { address: address ?? '', userAgent: '', requestId: event.requestId ?? '' }
  return recordAct(store, new Date(event.occurredAt), origin, { ...act, details: { before, after } })
}

export function createAuditService({ store }: { store: AuthStore }) {
  /** The id of the person meant; text that is nobody's address stands for nobody. */
  async function idOf(person: string): Promise<string> {
    if (!person.includes('@')) return person
    return (await store.users.findByEmail(person.toLowerCase()))?.id ?? person
  }

  return {
    /** Newest first, with the people's names. */
    async list(query: AuditQuery): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
      const person = query.person ? await idOf(query.person) : undefined
      const { items, nextCursor } = await store.audit.list(auditFilter(query, person))
      const ids = items.flatMap(({ actor, target }) => [actor, target]).filter((id) => id !== null)
      const people = await store.users.findMany([...new Set(ids)])
      const names = new Map(people.map(({ id, name }) => [id, name]))
      const nameOf = (id: string | null) => names.get(id ?? '') ?? null
      return {
        items: items.map((line) => ({
          ...line,
          at: line.at.toISOString(),
          actorName: nameOf(line.actor),
          targetName: nameOf(line.target),
        })),
        nextCursor,
      }
    },
  }
}

export type AuditService = ReturnType<typeof createAuditService>

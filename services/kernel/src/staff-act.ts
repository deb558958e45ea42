import type { Identity } from '@vitrine/contracts/identity'
import type { ClientSession } from 'mongoose'
import type { Outbox } from './outbox.ts'

/** A member of staff at work: who it is, and from where. */
export interface StaffHand {
  actor: string
  sessionId: string
  address: string | null
  requestId: string
}

export interface StaffAct {
  /** `<noun>.<past tense>` */
  action: string
  target: string | null
  /** What there was before and is now; null where there was, or is, nothing. Equal parts are left out. */
  before: object | null
  after: object | null
}

/** The hand behind a request; null for nobody and for customers, whose acts are not staff's. */
export function handOf({
  identity,
  request,
  requestId,
}: {
  identity: Identity | null
  request: Request
  requestId: string
}): StaffHand | null {
  if (!identity || identity.permissions.length === 0) return null
  // The edge writes this header itself, so its first entry is the visitor.
  const address = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() || null
  return { actor: identity.userId, sessionId: identity.sessionId, address, requestId }
}

/** They change with everything and say nothing. */
const VOLATILE = ['updatedAt', 'version', 'revision']

type Parts = Record<string, unknown>

/** The parts of both that differ. */
export function differing(before: object | null, after: object | null): { before: Parts | null; after: Parts | null } {
  const [old, now]: Parts[] = [{ ...before }, { ...after }]
  const isSame = (name: string) => JSON.stringify(old?.[name]) === JSON.stringify(now?.[name])
  const pick = (parts: object | null): Parts | null =>
    parts && Object.fromEntries(Object.entries(parts).filter(([name]) => !VOLATILE.includes(name) && !isSame(name)))
  return { before: pick(before), after: pick(after) }
}

/** What the event `staff.acted` says of an act. */
export function staffActed({ requestId: _cause, ...who }: StaffHand, { action, target, before, after }: StaffAct) {
  return { action, target, ...who, ...differing(before, after) }
}

/** Tells the audit log what staff changed, in the transaction of the change. Without a hand there is nothing to tell. */
export async function keepStaffAct(
  outbox: Pick<Outbox, 'add'>,
  session: ClientSession,
  hand: StaffHand | null | undefined,
  act: StaffAct,
): Promise<void> {
  if (hand) await outbox.add(session, 'staff.acted', staffActed(hand, act), hand.requestId)
}

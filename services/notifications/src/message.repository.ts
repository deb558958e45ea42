import type {
  ChannelName,
  Message,
  MessageQuery,
  MessageStatus,
  MessageSummary,
  TemplateName,
} from '@vitrine/contracts/notifications'
import type { StaffHand } from '@vitrine/kernel/staff-act'

/** The member of staff who acts; null where no person does. */
export type Hand = StaffHand | null

export type NewMessage = {
  cause: string
  channel: ChannelName
  to: string
  template: TemplateName
  subject: string
  html: string
  text: string
  status: MessageStatus
  createdAt: Date
}

/** A message taken for one try; nobody else gets it until the hold ends. */
export type Claim = {
  id: string
  cause: string
  channel: ChannelName
  to: string
  template: TemplateName
  subject: string
  html: string
  text: string
  attempts: number
  resends: number
}

export type Verdict = { status: MessageStatus; lastError?: string; nextAttemptAt: Date; sentAt?: Date; body?: string }

/** `Session` is the store's transaction handle; the mailbox only passes it on. */
export interface MessageRepository<Session> {
  /** Keeps the message unless one with the same cause is there already; answers the kept one's id. */
  add(message: NewMessage, session?: Session): Promise<string>
  /** The same for a message written by hand; the audit log is told. */
  write(message: NewMessage, hand: Hand): Promise<string>
  list(query: MessageQuery): Promise<{ items: MessageSummary[]; nextCursor: string | null }>
  find(id: string): Promise<Message | null>
  /** Puts a message back at its start; null when there is none. */
  requeue(id: string, status: MessageStatus, now: Date, hand: Hand): Promise<Message | null>
  /** Puts all given-up messages back at their start; answers how many. */
  requeueParked(now: Date, hand: Hand): Promise<number>
  countParked(): Promise<number>
  claimDue(channels: readonly ChannelName[], now: Date, holdSeconds: number): Promise<Claim | null>
  /** Writes the verdict of exactly this try; a message that was requeued meanwhile is left alone. */
  settle(claim: Claim, verdict: Verdict): Promise<void>
}

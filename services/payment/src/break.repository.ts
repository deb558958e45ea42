import type { PaymentBreak, PaymentBreaks } from '@vitrine/contracts/payments'

export type BreakDraft = Omit<PaymentBreak, 'id' | 'foundAt'>

/** What did not add up, kept for people to read. The same finding is written once. */
export interface BreakRepository {
  record(draft: BreakDraft, now: Date): Promise<void>
  listOfOrder(orderId: string): Promise<PaymentBreak[]>
  list(cursor: string | undefined, limit: number): Promise<PaymentBreaks>
}

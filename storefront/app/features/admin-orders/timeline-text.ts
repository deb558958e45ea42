import type { Money } from '@vitrine/contracts/money'
import type { Order, TimelineEntry } from '@vitrine/contracts/orders'
import { formatMoney } from '#app/format.ts'
import type { IconName } from '#app/ui/icon.tsx'

export interface Happening {
  at: string
  icon: IconName
  tone: 'positive' | 'danger' | 'plain'
  text: string
  actor: string
}

type Data = Record<string, unknown>
type Look = [icon: IconName, tone: Happening['tone'], text: (data: Data) => string]

// Written by the orders service as Money. A check by hand keeps zod out of the browser's code.
const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

const moneyOf = ({ amount }: Data): string => (isMoney(amount) ? formatMoney(amount) : 'the money')
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const because = (data: Data): string => (textOf(data.reason) ? `: ${textOf(data.reason)}` : '')

const shippedText = ({ carrier, tracking }: Data): string =>
  textOf(carrier) ? `Shipped with ${[carrier, tracking].map(textOf).filter(Boolean).join(', ')}` : 'Shipped'

const LOOKS: Record<string, Look> = {
  placed: ['bag', 'plain', () => 'Order placed'],
  stock_held: ['lock', 'plain', () => 'The items are held for this order'],
  payment_started: ['clock', 'plain', () => 'Waiting for the payment'],
  payment_failed: ['warning', 'danger', (data) => `Payment declined: ${textOf(data.code).replaceAll('_', ' ')}`],
  confirmed: [
    'check',
    'positive',
    (data) => (isMoney(data.amount) ? `Payment of ${moneyOf(data)} succeeded` : 'Payment succeeded'),
  ],
  paid_too_late: ['warning', 'danger', (data) => `${moneyOf(data)} arrived after the order had ended; it goes back`],
  amount_mismatch: ['warning', 'danger', (data) => `${moneyOf(data)} arrived, which is not the total; it goes back`],
  expiring: ['clock', 'plain', () => 'The time to pay ran out'],
  expired: ['clock', 'plain', () => 'Expired without a payment; the items are free again'],
  cancelling: ['return', 'plain', (data) => `Cancellation requested${because(data)}`],
  cancelled: ['cross', 'plain', () => 'Cancelled'],
  cancel_failed: ['warning', 'danger', (data) => `Not cancelled${because(data)}`],
  shipped: ['truck', 'positive', shippedText],
  delivered: ['home', 'positive', () => 'Delivered'],
  refund_requested: ['return', 'plain', (data) => `Refund of ${moneyOf(data)} asked for${because(data)}`],
  refund_settled: ['return', 'positive', (data) => `${moneyOf(data)} went back`],
  refund_failed: [
    'warning',
    'danger',
    (data) =>
      data.isLate
        ? `The bank sent the refund of ${moneyOf(data)} back; it can be repeated`
        : `The refund of ${moneyOf(data)} was refused`,
  ],
  refunded: ['return', 'positive', (data) => `Stripe confirmed a refund of ${moneyOf(data)}`],
}

const ACTORS: Record<string, string> = { system: 'System', guest: 'Guest' }

function happeningOf({ at, type, actor, data }: TimelineEntry, customerId: string | null): Happening {
  const [icon, tone, text] = LOOKS[type] ?? ['info', 'plain', () => type.replaceAll('_', ' ')]
  const isBuyer = actor === customerId
  return { at, icon, tone, text: text(data), actor: ACTORS[actor] ?? (isBuyer ? 'Customer' : 'Staff') }
}

/** What happened and what colleagues noted, the latest first. */
export function timelineOf({ timeline, notes = [], customerId }: Order): Happening[] {
  const noted = notes.map(
    ({ at, text }): Happening => ({ at, icon: 'note', tone: 'plain', text, actor: 'Note of a colleague' }),
  )
  return [...timeline.map((entry) => happeningOf(entry, customerId)), ...noted].sort((one, other) =>
    other.at.localeCompare(one.at),
  )
}

/** What the stores and the sandbox say once the dust has settled; the checker reads nothing else. */
export interface Snapshot {
  now: number
  /** What each product started with. */
  initial: Record<string, number>
  unitPrice: number
  stock: { sku: string; onHand: number; reserved: number; available: number; sold: number }[]
  reservations: { orderId: string; status: string; lines: Line[]; expiresAt: number }[]
  orders: OrderRow[]
  intents: IntentRow[]
  refunds: { id: string; intentId: string; amount: number; status: string }[]
  mails: { to: string; template: string; cause: string }[]
  /** Orders that a shopper got a 201 for. */
  acknowledged: { orderId: string; email: string }[]
  /** Baskets as their shoppers were last told, and what the store has of them. */
  carts: { cartId: string; sku: string; quantity: number; stored: number | null }[]
  /** Stock readings during the run that were impossible. */
  impossibleSamples: string[]
  /** Orders seen with their stock released and their payment open. */
  earlyReleases: string[]
}

export interface Line {
  sku: string
  quantity: number
}

export interface OrderRow {
  id: string
  email: string
  status: string
  paymentStatus: string
  lines: (Line & { unitPrice: number; total: number })[]
  subtotal: number
  discount: number
  shipping: number
  total: number
  currency: string
  paymentIntentId: string | null
  refundKeys: string[]
  timeline: { type: string; actor: string; cause: string }[]
}

export interface IntentRow {
  id: string
  status: string
  orderId: string | null
  received: number
  currency: string
}

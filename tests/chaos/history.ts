/** A basket as its shopper was last told. */
export interface KeptCart {
  cartId: string
  sku: string
  quantity: number
}

/** What shoppers were told and what the nemesis did, in order. */
export function createHistory() {
  const startedAt = Date.now()
  const lines: string[] = []
  const acknowledged = new Map<string, { orderId: string; email: string }>()
  const carts = new Map<string, KeptCart>()
  const faults = new Map<string, number>()
  const outcomes = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  const write = (text: string) => lines.push(`${String(Date.now() - startedAt).padStart(7)} ms  ${text}`)
  return {
    note: (shopper: string, what: string, status: number) => write(`${shopper}: ${what} → ${status}`),
    /** How a shopper's visit ended. */
    end(shopper: string, outcome: string, why = '') {
      count(outcomes, outcome)
      write(`${shopper}: ${outcome} ${why}`)
    },
    acknowledge: (order: { orderId: string; email: string }) => acknowledged.set(order.orderId, order),
    keepCart: (cart: KeptCart) => carts.set(cart.cartId, cart),
    fault(kind: string, detail: string) {
      count(faults, kind)
      write(`nemesis: ${kind} ${detail}`)
    },
    acknowledged: () => [...acknowledged.values()],
    carts: () => [...carts.values()],
    faults: () => Object.fromEntries(faults),
    outcomes: () => Object.fromEntries(outcomes),
    text: () => lines.join('\n'),
  }
}
export type History = ReturnType<typeof createHistory>

/** What shoppers were told and what the nemesis did, in order. */
export function createHistory() {
  const startedAt = Date.now()
  const lines: string[] = []
  const acknowledged = new Map<string, { orderId: string; email: string }>()
  const faults = new Map<string, number>()
  let gaveUp = 0
  const write = (text: string) => lines.push(`${String(Date.now() - startedAt).padStart(7)} ms  ${text}`)
  return {
    note: (shopper: string, what: string, status: number) => write(`${shopper}: ${what} → ${status}`),
    giveUp(shopper: string, why: string) {
      gaveUp += 1
      write(`${shopper} gave up: ${why}`)
    },
    acknowledge: (order: { orderId: string; email: string }) => acknowledged.set(order.orderId, order),
    fault(kind: string, detail: string) {
      faults.set(kind, (faults.get(kind) ?? 0) + 1)
      write(`nemesis: ${kind} ${detail}`)
    },
    acknowledged: () => [...acknowledged.values()],
    faults: () => Object.fromEntries(faults),
    gaveUp: () => gaveUp,
    text: () => lines.join('\n'),
  }
}
export type History = ReturnType<typeof createHistory>

import type { MovementInput } from '@vitrine/contracts/inventory'
import type { SkuQuantity } from '@vitrine/contracts/reservations'

/** One line per SKU, in the order of SKUs, so that two orders never wait for each other in a circle. */
export function mergeLines(lines: SkuQuantity[]): SkuQuantity[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1))
}

/** What a movement does to the count: IN adds, OUT takes, ADJUST is signed already. */
export const deltaOf = ({ type, quantity }: Pick<MovementInput, 'type' | 'quantity'>): number =>
  type === 'OUT' ? -quantity : quantity

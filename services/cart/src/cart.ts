import type { Money } from '@vitrine/contracts/money'

/** A line as stored. Beside sku and quantity it keeps what the shopper saw, to tell what has changed since. */
export interface StoredLine {
  sku: string
  quantity: number
  seenPrice: Money
  productId: string
  slug: string
  title: string
}

export interface StoredCart {
  id: string
  version: number
  lines: StoredLine[]
  promotionCode: string | null
}

export const emptyCart = (id: string): StoredCart => ({ id, version: 0, lines: [], promotionCode: null })

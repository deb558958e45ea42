import type { Product } from '@vitrine/contracts/catalog'
import type { Cause, ProductRecord, StockChange } from './product.repository.ts'

/** Who edits, and in which request. */
export type Editor = Omit<Cause, 'at'>

export interface Change {
  product: ProductRecord
  stock?: StockChange
}

/** Applies `change` to the latest version, or to the expected one alone when it is given. */
export type Edit = (
  idOrSlug: string,
  editor: Editor,
  expected: number | null,
  change: (product: ProductRecord) => Change,
) => Promise<Product>

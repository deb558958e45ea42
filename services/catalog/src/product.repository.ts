import type { Picture, ProductOption, ProductStatus } from '@vitrine/contracts/catalog'
import type { Money } from '@vitrine/contracts/money'
import type { StaffHand } from '@vitrine/kernel/staff-act'

export interface VariantRecord {
  sku: string
  options: Record<string, string>
  price: Money
  compareAtPrice?: Money
  pictureIds: string[]
}

/** A product as it is stored. `revision` is the catalog's revision at its last change. */
export interface ProductRecord {
  id: string
  slug: string
  /** Earlier addresses, which still lead here. */
  oldSlugs: string[]
  title: string
  description: string
  brand: string | null
  category: string
  status: ProductStatus
  options: ProductOption[]
  variants: VariantRecord[]
  pictures: Picture[]
  /** Ratings of one to five stars. */
  ratingCounts: number[]
  popularity: number
  version: number
  revision: number
  /** The person who made it; null for what is older than this field. */
  createdBy: string | null
  createdAt: Date
  updatedAt: Date
}

export type NewProduct = Omit<ProductRecord, 'revision'>

/** Who changed something, and in which request. */
export interface Cause {
  actor: string
  requestId?: string
  /** Set when a member of staff did it: the audit log is told. */
  hand?: StaffHand | null
  at: Date
}

export interface StockChange {
  /** Variants that appear, with what is on hand. */
  opened: { sku: string; onHand: number }[]
  /** Variants that disappear; refused while some of them are reserved. */
  closed: string[]
  /** Variants that get another SKU, with their stock and ledger; refused once an order has had them. */
  renamed?: { from: string; to: string }[]
}

export const NO_STOCK_CHANGE: StockChange = { opened: [], closed: [] }

export interface ProductRepository {
  find(idOrSlug: string): Promise<ProductRecord | null>
  /** The catalog's revision: it grows with every change to a product or category. */
  findRevision(): Promise<number>
  listChangedSince(revision: number): Promise<ProductRecord[]>
  /** Every product, a batch at a time, in the order of ids. */
  batches(size?: number): AsyncIterable<ProductRecord[]>
  add(product: NewProduct, stock: StockChange, cause: Cause): Promise<void>
  /** Saves `product` over the version before it; false when somebody else was faster. */
  save(product: NewProduct, stock: StockChange, cause: Cause): Promise<boolean>
}

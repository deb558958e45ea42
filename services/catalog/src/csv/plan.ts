import type { ImportError } from '@vitrine/contracts/imports'
import type { Stock } from '@vitrine/contracts/inventory'
import type { ProductRecord } from '../product.repository.ts'
import type { CsvRow } from './row.rules.ts'

/** What is known of the shop while a batch of rows is planned. */
export interface KnownCatalog {
  bySku: Map<string, ProductRecord>
  bySlug: Map<string, ProductRecord>
  stock: Map<string, Stock>
  categories: Set<string>
}

/** What a product should be like after the import; the repository gives a new one its id, version and times. */
export type ProductDraft = Pick<
  ProductRecord,
  'slug' | 'title' | 'description' | 'brand' | 'category' | 'status' | 'options' | 'variants'
>

/** What the rows of one product come to. `draft` is null when nothing about the product itself changes. */
export interface ProductPlan {
  existing: ProductRecord | null
  draft: ProductDraft | null
  opened: { sku: string; onHand: number }[]
  /** Counts that change, with what is on hand afterwards. */
  moved: { sku: string; delta: number; onHand: number }[]
  counts: { created: number; updated: number; unchanged: number; skipped: number }
  errors: ImportError[]
}

export interface RowGroup {
  existing: ProductRecord | null
  slug: string
  rows: CsvRow[]
}

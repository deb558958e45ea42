import type { ProductRecord } from './product.repository.ts'

export interface ListFilters {
  categories: string[]
  brands: string[]
  /** Lower-case values by lower-case option name. */
  options: Map<string, Set<string>>
  priceMin: number | null
  priceMax: number | null
  isInStock: boolean
  isOnSale: boolean
  ratingMin: number | null
}

export interface ListedVariant {
  sku: string
  amount: number
  isOnSale: boolean
  /** Lower-case option name → lower-case value. */
  values: Map<string, string>
}

/** A product prepared for filtering: made once per change, read in every list. */
export interface ListedProduct {
  record: ProductRecord
  variants: ListedVariant[]
  minAmount: number
  rating: number
  /** The rating drawn towards 3.9 while few have rated, so that one five-star rating does not lead the list. */
  weightedRating: number
}

export interface ListContext {
  filters: ListFilters
  /** The category of a product and its ancestors. */
  ancestorsOf: (slug: string) => string[]
  availableOf: (sku: string) => number
}

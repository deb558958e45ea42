/** What of a product can be found by words. */
export interface SearchDocument {
  id: string
  title: string
  brand: string
  categories: string
  options: string
  skus: string
  description: string
}

/** The port to whatever finds products by words. Finds prefixes and forgives typing errors. */
export interface SearchIndex {
  put(documents: SearchDocument[]): void
  /** Ids with their scores, best first. */
  search(words: string): { id: string; score: number }[]
}

/** What of a product can be found by words. */
export interface SearchDocument {
  id: string
  title: string
  brand: string
  categories: string
  options: string
  description: string
}

/** Ids with their scores, best first. `isPartial`: nothing has all the words, these have some of them. */
export interface SearchResult {
  hits: { id: string; score: number }[]
  isPartial: boolean
}

/** The port to whatever finds products by words. Finds prefixes and forgives typing errors. */
export interface SearchIndex {
  put(documents: SearchDocument[]): void
  search(words: string): SearchResult
}

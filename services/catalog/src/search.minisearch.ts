import MiniSearch from 'minisearch'
import type { SearchDocument, SearchIndex } from './search.index.ts'

const FIELDS = ['title', 'brand', 'categories', 'options', 'description'] as const
const LONG_ENOUGH_FOR_TYPOS = 5
const LONG_ENOUGH_FOR_TWO = 8

/** Folds case and accents, so that `cafe` finds `Café`. */
const processTerm = (term: string) => term.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase() || null

const fuzzyFor = (term: string) =>
  term.length < LONG_ENOUGH_FOR_TYPOS ? false : term.length < LONG_ENOUGH_FOR_TWO ? 1 : 2

/** An index in this process, kept by MiniSearch. */
export function miniSearchIndex(): SearchIndex {
  const index = new MiniSearch<SearchDocument>({
    fields: [...FIELDS],
    processTerm,
    searchOptions: {
      boost: { title: 6, brand: 3, categories: 2.5, options: 1.5, description: 0.4 },
      prefix: (term) => term.length >= 2,
      fuzzy: fuzzyFor,
      weights: { prefix: 0.6, fuzzy: 0.25 },
    },
  })
  return {
    put(documents) {
      for (const document of documents) {
        if (index.has(document.id)) index.replace(document)
        else index.add(document)
      }
    },
    search(words) {
      const strict = index.search(words, { combineWith: 'AND' })
      const found = strict.length > 0 ? strict : index.search(words, { combineWith: 'OR' })
      // MiniSearch types every id as unknown; ours are the strings that were put in.
      const hits = found.map(({ id, score }) => ({ id: id as string, score }))
      return { hits, isPartial: strict.length === 0 && hits.length > 0 }
    },
  }
}

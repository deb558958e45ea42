/**
 * The Redis key of one random value that is replaced after every change of what shoppers see: a product, a category,
 * a published review, a count of stock. Whoever keeps something made of the catalog keeps the mark beside it, and
 * uses it only while the mark is still that one (decision 011).
 */
export const CATALOG_MARK = 'catalog:mark'

/**
 * Shares a reading among all who ask at the same time. A caller never gets a reading that began before it asked, so
 * it sees every change that was acknowledged before: those who come while one is under way share the next.
 */
export function shareReading<T>(read: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null
  let next: Promise<T> | null = null

  function begin(): Promise<T> {
    const reading = read().finally(() => {
      if (current === reading) current = null
    })
    current = reading
    return reading
  }

  function beginNext(): Promise<T> {
    next = null
    return begin()
  }

  return () => {
    if (!current) return begin()
    next ??= current.then(beginNext, beginNext)
    return next
  }
}

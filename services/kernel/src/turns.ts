/** Runs work that touches the same keys one after another within this process; work on other keys runs beside it. */
export type InTurn = <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>

/**
 * Correctness never depends on it: the database's conditions decide, across processes too. It spares the store the
 * storm of write conflicts and retries when many callers want the same document at once.
 */
export function createTurns(): InTurn {
  const tails = new Map<string, Promise<unknown>>()

  return async (keys, work) => {
    const own = [...new Set(keys)]
    const before = own.map((key) => tails.get(key))
    const { promise: done, resolve } = Promise.withResolvers<void>()
    // All keys are taken in one synchronous step, so two callers can never wait for each other.
    for (const key of own) tails.set(key, done)
    try {
      await Promise.all(before)
      return await work()
    } finally {
      resolve()
      for (const key of own) if (tails.get(key) === done) tails.delete(key)
    }
  }
}

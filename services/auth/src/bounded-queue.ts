export interface BoundedQueue {
  run<T>(work: () => Promise<T>): Promise<T>
}

/** Runs at most `running` at once and lets at most `waiting` wait; one more is refused at once. */
export function createBoundedQueue(limits: { running: number; waiting: number }, refusal: () => Error): BoundedQueue {
  const waiting: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < limits.running) {
      running++
      return
    }
    if (waiting.length >= limits.waiting) throw refusal()
    // The one that leaves hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}

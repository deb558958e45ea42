import type { Reader } from './reader.ts'

/** Reads the stores again and again: some things must not exist even for a moment. */
export function startSampler(reader: Reader, everyMs: number) {
  const impossible = new Set<string>()
  const early = new Set<string>()
  let samples = 0
  let isDone = false

  async function look(): Promise<void> {
    const rows = await reader.stockRows()
    for (const { _id, onHand, reserved, available, sold } of rows) {
      const counts = [onHand, reserved, available, sold]
      if (counts.some((count) => count < 0) || available !== onHand - reserved) impossible.add(`${_id}: ${counts}`)
    }
    for (const orderId of await reader.releasedWhilePayable()) early.add(orderId)
    samples += rows.length > 0 ? 1 : 0
  }

  const running = (async () => {
    while (!isDone) {
      // A store that was killed cannot be looked at; the next look is soon.
      await look().catch(() => undefined)
      await Bun.sleep(everyMs)
    }
  })()

  return {
    /** Stock below zero, or counts that contradict each other. */
    impossible: () => [...impossible],
    /** Orders whose stock was given back while their payment could still succeed. */
    early: () => [...early],
    count: () => samples,
    async stop(): Promise<void> {
      isDone = true
      await running
    },
  }
}

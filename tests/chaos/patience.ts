/** An answer as far as patience is concerned. */
interface Answered {
  status: number
  headers: Headers
}

const GAVE_UP = 'GaveUp'
export const isGaveUp = (error: unknown): error is Error => error instanceof Error && error.name === GAVE_UP

const PAUSE_MS = 250

/** 5xx and "still running" say: ask again with the same key. Everything else is an answer. */
const isFinal = ({ status, headers }: Answered) =>
  status < 500 && status !== 429 && !(status === 409 && headers.has('retry-after'))

/** Repeats a call until it is answered; a shopper in front of a spinner does no less. */
export async function persist<T extends Answered>(
  what: string,
  attempt: () => Promise<T>,
  deadline: number,
): Promise<T> {
  for (;;) {
    const reply = await attempt().catch(() => null)
    if (reply && isFinal(reply)) return reply
    if (Date.now() > deadline) {
      const message = `${what} was not answered in time (${reply?.status ?? 'no reply'}).`
      throw Object.assign(new Error(message), { name: GAVE_UP })
    }
    await Bun.sleep(PAUSE_MS)
  }
}

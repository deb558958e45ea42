/** An answer as far as patience is concerned. */
interface Answered {
  status: number
  headers: Headers
}

const GAVE_UP = 'GaveUp'
export const isGaveUp = (error: unknown): error is Error => error instanceof Error && error.name === GAVE_UP

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 2000

/** 5xx and "still running" say: ask again with the same key. Everything else is an answer. */
const isFinal = ({ status, headers }: Answered) =>
  status < 500 && status !== 429 && !(status === 409 && headers.has('retry-after'))

/** Twice as long each time, never shorter than asked for, and not in step with everybody else. */
function pauseMs(tries: number, reply: Answered | null): number {
  const asked = Number(reply?.headers.get('retry-after') ?? 0) * 1000
  const grown = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS)
  return Math.max(asked, grown) * (1 + Math.random() / 2)
}

/** Repeats a call until it is answered; a shopper in front of a spinner does no less. */
export async function persist<T extends Answered>(
  what: string,
  attempt: () => Promise<T>,
  deadline: number,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const reply = await attempt().catch(() => null)
    if (reply && isFinal(reply)) return reply
    if (Date.now() > deadline) {
      const message = `${what} was not answered in time (${reply?.status ?? 'no reply'}).`
      throw Object.assign(new Error(message), { name: GAVE_UP })
    }
    await Bun.sleep(pauseMs(tries, reply))
  }
}

const FIRST_MS = 5000
const LONGEST_MS = 600_000
const DOUBLINGS = 7

/** How long an order rests after this many failed tries in a row: at once again, then 5 s doubling up to 10 minutes. */
export const restMs = (failures: number): number =>
  failures <= 1 ? 0 : Math.min(FIRST_MS * 2 ** Math.min(failures - 2, DOUBLINGS), LONGEST_MS)

/** From here on a person should look; the tries go on all the same, because money must not be given up. */
export const NEEDS_ATTENTION = 8

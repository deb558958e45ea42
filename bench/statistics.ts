import { median, quantile, sampleWithReplacement } from 'simple-statistics'

export interface Interval {
  low: number
  middle: number
  high: number
}

const RESAMPLES = 2000

/** A generator with a seed, so that a report can be made again from the same numbers (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The median of a few rounds with its 95 % interval by bootstrap. */
export function medianWithInterval(rounds: readonly number[]): Interval {
  const random = seeded(1)
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(sampleWithReplacement([...rounds], rounds.length, random)),
  )
  return { low: quantile(medians, 0.025), middle: median([...rounds]), high: quantile(medians, 0.975) }
}

/** Rounds in which the ceiling itself lay more than a quarter off its median say more about the neighbours than about us. */
export function quietRounds(ceiling: readonly number[]): number[] {
  const middle = median([...ceiling])
  return ceiling.flatMap((one, index) => (Math.abs(one - middle) <= middle / 4 ? [index] : []))
}

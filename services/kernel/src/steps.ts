import { childOf, type Trace } from '@vitrine/contracts/trace'
import { type Sampler, samplerOf } from './sampler.rules.ts'

let isKept: Sampler = samplerOf('parentbased_always_on', 1)

/** From now on `sampler` says which traces are kept. */
export function sampleWith(sampler: Sampler): void {
  isKept = sampler
}

/** The next step below `parent`, or the first of a new trace. */
export function stepBelow(parent: Trace | null | undefined): Trace {
  const trace = childOf(parent)
  trace.isSampled = isKept(trace.traceId, parent)
  return trace
}

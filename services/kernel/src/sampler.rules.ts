import type { Trace } from '@vitrine/contracts/trace'

/** The names of `OTEL_TRACES_SAMPLER`. */
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const
export type SamplerName = (typeof SAMPLERS)[number]

/** Whether a step of this trace is kept; `parent` is the step that caused it, if any. */
export type Sampler = (traceId: string, parent: Trace | null | undefined) => boolean

/** The last 56 bits of a trace id are random; they decide, so that every process decides alike. */
const RANDOM_DIGITS = 14
const isWithin = (traceId: string, ratio: number) =>
  Number.parseInt(traceId.slice(-RANDOM_DIGITS), 16) < ratio * 16 ** RANDOM_DIGITS

/** `ratio` is the share of traces to keep, 0 to 1, for the samplers that have one. */
export function samplerOf(name: SamplerName, ratio: number): Sampler {
  const begin = (traceId: string) =>
    name.endsWith('always_on') || (name.endsWith('traceidratio') && isWithin(traceId, ratio))
  if (!name.startsWith('parentbased_')) return begin
  return (traceId, parent) => (parent ? parent.isSampled : begin(traceId))
}

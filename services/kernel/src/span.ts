import type { Trace } from '@vitrine/contracts/trace'

/** One finished step of a trace. Times in milliseconds since the epoch. */
export interface Span {
  name: string
  kind: 'server' | 'client' | 'consumer'
  trace: Trace
  startMs: number
  endMs: number
  isError: boolean
  attributes: Record<string, string | number>
}

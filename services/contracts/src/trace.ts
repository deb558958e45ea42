/** One step of a request's way through the system, as W3C Trace Context names it. */
export interface Trace {
  /** 32 hex digits: the whole way. */
  traceId: string
  /** 16 hex digits: this step. */
  spanId: string
  /** The step that caused this one. */
  parentId?: string
  isSampled: boolean
}

const PATTERN = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/
const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
const isZero = (digits: string) => /^0+$/.test(digits)

/** Reads a `traceparent` header; null when it is absent or not well-formed (https://www.w3.org/TR/trace-context/). */
export function parseTraceparent(header: string | null | undefined): Trace | null {
  const [, traceId = '', spanId = '', flags = '00'] = PATTERN.exec(header ?? '') ?? []
  if (traceId === '' || isZero(traceId) || isZero(spanId) || header?.startsWith('ff')) return null
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** The next step below `parent`, or the first of a new way. */
export const childOf = (parent: Trace | null | undefined): Trace =>
  parent
    ? { traceId: parent.traceId, spanId: hex(8), parentId: parent.spanId, isSampled: parent.isSampled }
    : { traceId: hex(16), spanId: hex(8), isSampled: true }

export const toTraceparent = ({ traceId, spanId, isSampled }: Trace): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`

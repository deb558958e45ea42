import autocannon from 'autocannon'
import { processorTime } from './processor-time.ts'

/** One request, sent over and over; a reply that lacks `expects` counts as wrong, so that nothing fast but broken is praised. */
export interface Path {
  title: string
  url: string
  method?: 'GET' | 'PATCH'
  headers?: Record<string, string>
  body?: string
  /** The status of a right reply, 200 unless given; a 304 has no body to look into. */
  status?: 200 | 304
  expects: string
  /** Makes the address of each request another one, so that nothing kept can answer it. */
  addressOf?: () => string
}

/** What one slice of some seconds showed. Latencies in milliseconds, `cpu` in milliseconds a request over all processes of the shop. */
export interface Slice {
  count: number
  perSecond: number
  p50: number
  p99: number
  cpu: number
  wrong: number
}

const CONNECTIONS = 16

/** Of all replies those with another status than the path's. */
function otherStatuses({ statusCodeStats = {} }: autocannon.Result, status: number): number {
  const others = Object.entries(statusCodeStats).filter(([code]) => Number(code) !== status)
  return others.reduce((sum, [, { count = 0 }]) => sum + count, 0)
}

/** Loads one path from 16 connections, each sending as soon as its last answer came (a closed loop). */
export async function measure(path: Path, seconds: number, pids: readonly number[]): Promise<Slice> {
  const { status = 200, addressOf } = path
  const before = await processorTime(pids)
  const result = await autocannon({
    url: path.url,
    method: path.method ?? 'GET',
    headers: path.headers ?? {},
    ...(path.body ? { body: path.body } : {}),
    connections: CONNECTIONS,
    duration: seconds,
    ...(addressOf ? { requests: [{ setupRequest: (one) => ({ ...one, path: addressOf() }) }] } : {}),
    ...(status === 200 ? { verifyBody: (body) => String(body).includes(path.expects) } : {}),
  })
  const spent = (await processorTime(pids)) - before
  const total = Math.max(1, result.requests.total)
  return {
    count: result.requests.total,
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: spent / total,
    wrong: otherStatuses(result, status) + result.errors + result.timeouts + result.mismatches,
  }
}

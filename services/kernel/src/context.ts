import { AsyncLocalStorage } from 'node:async_hooks'
import { parseTraceparent, type Trace } from '@vitrine/contracts/trace'
import { stepBelow } from './steps.ts'

/** What follows a request, or an event, through all the code it causes: log lines, calls and events carry it on. */
export interface RequestContext {
  requestId: string
  trace: Trace
}

const REQUEST_ID = /^[\w.:-]{8,128}$/
const storage = new AsyncLocalStorage<RequestContext>()

/** The context of the request or event under way; undefined in a loop nobody asked for. */
export const currentContext = (): RequestContext | undefined => storage.getStore()

export const runInContext = <T>(context: RequestContext, work: () => T): T => storage.run(context, work)

/** The caller's ids where they are well-formed, new ones elsewhere. */
export function contextOf(headers: Headers): RequestContext {
  const given = headers.get('x-request-id')
  return {
    requestId: given && REQUEST_ID.test(given) ? given : crypto.randomUUID(),
    trace: stepBelow(parseTraceparent(headers.get('traceparent'))),
  }
}

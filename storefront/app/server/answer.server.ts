import { data, redirect } from '@remix-run/node'
import { signInPath } from '@vitrine/contracts/sign-in-path'
import { ApiError, requestIdOf } from '#app/server/api.server.ts'

export interface ProblemData {
  code: string
  message: string
  requestId: string
}

interface RouteArgs {
  request: Request
}

/** Throws the answer that a page gives for a problem; the nearest error boundary shows it. */
export function problem(request: Request, status: number, code: string, message: string): never {
  throw data({ code, message, requestId: requestIdOf(request) } satisfies ProblemData, { status })
}

/** Where somebody without a session is sent from this page or form. */
export function signInFrom(request: Request): string {
  const { pathname, search } = new URL(request.url)
  const uri = pathname.replace(/\.data$/, '') + search
  return signInPath({ method: request.method, uri, referer: request.headers.get('Referer') })
}

/** Only paths of our own; anything else leads to `fallback`. */
export function safePath(to: unknown, fallback: string): string {
  if (typeof to !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(to)) return fallback
  return to
}

/**
 * Wraps a loader or an action: an `ApiError` it lets through becomes the page's own answer
 * (401 leads to the sign-in page, everything else to the error boundary with its status).
 */
export function answering<A extends RouteArgs, R>(run: (args: A) => Promise<R>): (args: A) => Promise<R> {
  return async (args) => {
    try {
      return await run(args)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) throw redirect(signInFrom(args.request), 303)
      if (error.status >= 500) console.error(`${error.requestId} ${error.message}`, error.cause ?? '')
      throw data({ code: error.code, message: error.message, requestId: error.requestId }, { status: error.status })
    }
  }
}

import { signInPath } from '@vitrine/contracts/sign-in-path'

const DATA = /\.data$/

/** Where the sign-in page is for a data request of ours that met an ended session; null for every other answer. */
function signInFor(input: RequestInfo | URL, init: RequestInit | undefined, reply: Response): string | null {
  const url = new URL(input instanceof Request ? input.url : input, location.href)
  if (reply.status !== 401 || url.origin !== location.origin || !DATA.test(url.pathname)) return null
  url.searchParams.delete('_routes')
  const uri = url.pathname.replace(DATA, '') + url.search
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
  return signInPath({ method, uri, referer: location.href })
}

/**
 * The edge answers a data request of an ended session itself, with 401 and nothing that Remix could read:
 * the page is left for the sign-in page, as it would be without a script.
 */
export function leaveWhenSessionEnds() {
  const send = window.fetch
  const sendOrLeave = async (input: RequestInfo | URL, init?: RequestInit) => {
    const reply = await send(input, init)
    const signIn = signInFor(input, init, reply)
    if (!signIn) return reply
    location.assign(signIn)
    // Nothing is shown any more: the browser is on its way.
    return new Promise<never>(() => undefined)
  }
  window.fetch = Object.assign(sendOrLeave, send)
}

/** Ends the address of a page whose form met an ended session: its sender comes back to it after signing in. */
export const UNSENT = '#unsent'

export interface AskedPage {
  method: string
  /** Path and query of what was asked for. */
  uri: string
  /** The page that the browser says a form stands on. */
  referer: string | null
}

const isLocal = (uri: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(uri)

function pathOfPage(referer: string): string | null {
  if (!URL.canParse(referer)) return null
  const { pathname, searchParams } = new URL(referer)
  // What the form before this one did is no news any more.
  searchParams.delete('done')
  return pathname + (searchParams.size > 0 ? `?${searchParams}` : '')
}

/** Where nobody is sent from a page: to sign in, and back; who sent a form, to the page it stands on. Never to another site. */
export function signInPath({ method, uri, referer }: AskedPage): string {
  const isForm = method === 'POST'
  const page = isForm && referer ? pathOfPage(referer) : null
  const back = [page, uri].find((path) => path && isLocal(path)) ?? '/'
  return `/login?to=${encodeURIComponent(isForm ? back + UNSENT : back)}`
}

import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import { SearchForm } from '#app/features/shell/header.tsx'
import { buttonClass } from '#app/ui/button.tsx'

interface Problem {
  title: string
  text: string
  requestId: string | null
  isMissing: boolean
}

const UNREADABLE = {
  title: 'This page could not read what was sent.',
  text: 'Nothing was changed. Open the page again and fill the form in once more.',
}
const TEXTS: Record<number, { title: string; text: string }> = {
  400: UNREADABLE,
  405: UNREADABLE,
  415: UNREADABLE,
  403: { title: 'This page is not for your role.', text: 'Sign in with another account, or ask for the permission.' },
  503: {
    title: 'A part of the shop is away.',
    text: 'It is usually back within a minute. Your cart and your orders are safe.',
  },
}
const MISSING = {
  title: 'This shelf is empty.',
  text: 'The page moved, or the product is no longer sold. The rest of the shop is where it was.',
}
const BROKEN = {
  title: 'This page broke.',
  text: 'The fault is ours. Try again; if it stays, tell us the number below.',
}

function readRequestId(value: unknown): string | null {
  if (value && typeof value === 'object' && 'requestId' in value) return String(value.requestId)
  return null
}

function describe(error: unknown): Problem {
  if (!isRouteErrorResponse(error)) return { ...BROKEN, requestId: null, isMissing: false }
  const requestId = readRequestId(error.data)
  if (error.status === 404 || error.status === 410) return { ...MISSING, requestId, isMissing: true }
  return { ...(TEXTS[error.status] ?? BROKEN), requestId, isMissing: false }
}

/** What an error boundary shows: what happened, what to do, and the number that finds it in the logs. */
export function ProblemPage({ error }: { error: unknown }) {
  const problem = describe(error)
  const { pathname, search } = useLocation()
  return (
    <main id="main" className="wrap">
      <div className="lost">
        <div className="stack">
          <h1>{problem.title}</h1>
          <p className="lead measure">{problem.text}</p>
          {problem.isMissing ? (
            <SearchForm id="q2" label="This page" placeholder="What were you looking for?" />
          ) : (
            <p>
              <a className={buttonClass({ tone: 'primary' })} href={pathname + search}>
                Try again
              </a>
            </p>
          )}
          <p className="row small">
            <a href="/products">All products</a>
            <a href="/orders/lookup">Find an order</a>
            <a href="/">Home</a>
          </p>
          {problem.requestId && (
            <p className="tiny muted">
              Request <span className="mono">{problem.requestId}</span>
            </p>
          )}
        </div>
        <div className="only-wide">
          <div className="pane">
            <img
              className="lit"
              src="/pictures/telescope.webp"
              width={720}
              height={900}
              alt="A blue telescope looking at nothing in particular"
            />
          </div>
        </div>
      </div>
    </main>
  )
}

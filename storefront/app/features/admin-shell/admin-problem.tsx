import { isRouteErrorResponse, useLocation } from '@remix-run/react'
import { buttonClass } from '#app/ui/button.tsx'

const TEXTS: Record<number, [title: string, text: string]> = {
  403: ['This page is not for your role.', 'Ask somebody who manages staff for the permission.'],
  404: ['There is nothing here.', 'It was removed, or the address is not complete.'],
  503: ['A part of the shop is away.', 'It is usually back within a minute. Nothing you saved is lost.'],
}

function requestIdOf(data: unknown): string | null {
  return data && typeof data === 'object' && 'requestId' in data ? String(data.requestId) : null
}

/** What went wrong inside the dashboard: menu and top stay where they are. */
export function AdminProblem({ error }: { error: unknown }) {
  const isKnown = isRouteErrorResponse(error)
  const [title, text] = (isKnown && TEXTS[error.status]) || [
    'This page broke.',
    'The fault is ours. Try again; if it stays, tell us the number below.',
  ]
  const { pathname, search } = useLocation()
  const requestId = isKnown ? requestIdOf(error.data) : null
  return (
    <div className="empty">
      <h1>{title}</h1>
      <p>{text}</p>
      <p>
        <a className={buttonClass({ tone: 'primary' })} href={pathname + search}>
          Try again
        </a>
      </p>
      {requestId && (
        <p className="tiny muted">
          Request <span className="mono">{requestId}</span>
        </p>
      )}
    </div>
  )
}

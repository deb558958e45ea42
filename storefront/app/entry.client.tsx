import { RemixBrowser } from '@remix-run/react'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { leaveWhenSessionEnds } from '#app/enhance/ended-session.ts'

// A load that the next one overtakes is aborted and no error, but the decoder of its stream (turbo-stream, `done`)
// rejects where nobody can catch it.
window.addEventListener('unhandledrejection', (event) => {
  if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault()
})

leaveWhenSessionEnds()

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  )
})

/**
 * What the next thing overtakes is aborted and no error: a load whose stream's decoder (turbo-stream, `done`) rejects
 * where nobody can catch it, and a transition between pages that the browser itself skips.
 */
export function hushOvertaken() {
  window.addEventListener('unhandledrejection', (event) => {
    if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault()
  })
}

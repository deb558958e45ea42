/** A form that changes something is sent once: its button shows that it works, and a second click does nothing. */
export function enhanceBusy() {
  const sent = new Map<HTMLFormElement, Element | null>()
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'post') return
    if (sent.has(form)) return event.preventDefault()
    sent.set(form, event.submitter)
    event.submitter?.setAttribute('aria-busy', 'true')
  })
  // Coming back, the page may stand there as it was left.
  window.addEventListener('pageshow', () => {
    for (const submitter of sent.values()) submitter?.removeAttribute('aria-busy')
    sent.clear()
  })
}

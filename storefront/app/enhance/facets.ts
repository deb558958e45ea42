import { fetchPart } from '#app/enhance/page-part.ts'

let asked = 0

/** Tells on the button of the filter sheet how many products the ticked filters leave. */
async function showCount(form: HTMLFormElement) {
  asked += 1
  const own = asked
  const url = new URL(form.action)
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, String(value))
  const part = await fetchPart(url.href, '[data-results]').catch(() => null)
  const button = form.querySelector('[data-results]')
  // An answer that a later tick has overtaken says nothing any more.
  if (part && button && own === asked) button.textContent = part.textContent
}

/** On phones the filters are a sheet that stays open while they are chosen. */
export function enhanceFacets() {
  document.addEventListener('change', ({ target }) => {
    const form = target instanceof HTMLInputElement ? target.form : null
    if (form?.matches('[data-facets]:popover-open')) void showCount(form)
  })
}

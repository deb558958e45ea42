function step(button: HTMLButtonElement) {
  const box = button.closest('[data-stepper]')
  const input = box?.querySelector('input')
  if (!box || !input) return
  const next = (Number(input.value) || 1) + Number(button.dataset.step)
  input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), next)))
  refreshSteps(box, input)
}

function refreshSteps(box: Element, input: HTMLInputElement) {
  for (const button of box.querySelectorAll<HTMLButtonElement>('[data-step]')) {
    const limit = Number(button.dataset.step) < 0 ? input.min : input.max
    button.disabled = input.value === limit
  }
  const cap = box.parentElement?.querySelector<HTMLElement>('[data-cap]')
  if (cap) cap.textContent = Number(input.value) >= Number(input.max) ? (cap.dataset.cap ?? '') : ''
}

async function copy(button: HTMLButtonElement) {
  await navigator.clipboard.writeText((button.dataset.copy ?? '').replaceAll(' ', ''))
  const words = button.querySelector('.sr')
  if (words) words.textContent = 'Copied'
}

/** Leaves a test card for the sandbox's card form, which takes it at the next checkout of this tab. */
function keepTestCard(link: HTMLElement) {
  sessionStorage.setItem('stripe-sandbox-card', (link.dataset.testCard ?? '').replaceAll(' ', ''))
}

/** Steppers, copy buttons, selects that need no second click, and facets that apply at once on wide screens. */
export function enhanceForms() {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button?.dataset.step) step(button)
    if (button?.dataset.copy) void copy(button)
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-test-card]') : null
    if (link) keepTestCard(link)
  })
  document.addEventListener('change', (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return
    const stepper = field.closest('[data-stepper]')
    if (stepper && field instanceof HTMLInputElement) refreshSteps(stepper, field)
    if (field.form?.hasAttribute('data-submit-on-change')) field.form.requestSubmit()
    if (field.form?.hasAttribute('data-facets') && !field.form.matches(':popover-open')) field.form.requestSubmit()
  })
  // Empty fields of a filter form would only make the address longer.
  document.addEventListener('formdata', (event) => {
    for (const [name, value] of [...event.formData]) if (value === '') event.formData.delete(name)
  })
}

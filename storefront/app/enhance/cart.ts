import { fetchPart } from '#app/enhance/page-part.ts'

function showCount(count: number) {
  const badge = document.querySelector<HTMLElement>('[data-cart-count]')
  if (!badge) return
  badge.className = count > 0 ? 'badge badge--lamp' : 'sr'
  const words = document.createElement('span')
  words.className = 'sr'
  words.textContent = ' items in your cart'
  if (count > 0) badge.replaceChildren(String(count), words)
  else badge.replaceChildren('Your cart is empty')
}

function openDrawer(drawer: HTMLDialogElement) {
  const open = document.querySelector<HTMLDialogElement>('dialog.drawer')
  if (open) {
    const focused = document.activeElement?.id
    open.replaceChildren(...drawer.childNodes)
    if (focused) document.getElementById(focused)?.focus()
  } else {
    drawer.addEventListener('close', () => drawer.remove())
    drawer.addEventListener('click', (event) => {
      if (event.target === drawer) drawer.close()
    })
    document.body.append(drawer)
    drawer.showModal()
  }
  showCount(Number(drawer.dataset.count ?? 0))
}

/** Sends a form of the cart and shows its answer as the drawer; when that fails, the browser sends it as ever. */
async function sendToDrawer(form: HTMLFormElement, submitter: HTMLElement | null) {
  const body = new FormData(form, submitter)
  body.set('view', 'drawer')
  submitter?.setAttribute('aria-busy', 'true')
  try {
    const part = await fetchPart(form.action, 'dialog.drawer', { method: 'POST', body })
    if (part instanceof HTMLDialogElement) openDrawer(part)
    else form.submit()
  } catch {
    form.submit()
  } finally {
    submitter?.removeAttribute('aria-busy')
  }
}

/** Adding and changing happens in a drawer over the page. */
export function enhanceCart() {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const isInDrawer = form.closest('dialog.drawer') !== null && form.hasAttribute('data-cart-form')
    if (!form.hasAttribute('data-add-to-cart') && !isInDrawer) return
    event.preventDefault()
    if (event.submitter?.getAttribute('aria-busy') === 'true') return
    void sendToDrawer(form, event.submitter)
  })
}

import { formatMoneyShort } from '#app/format.ts'

interface Suggestion {
  kind: 'product' | 'category' | 'brand'
  title: string
  url: string
  picture: string | null
  price: { amount: number; currency: 'EUR' | 'USD' } | null
}

const WAIT_MS = 120
const SHORTEST = 2

async function ask(words: string): Promise<Suggestion[]> {
  const reply = await fetch(`/api/catalog/suggest?${new URLSearchParams({ q: words, limit: '6' })}`)
  if (!reply.ok) return []
  const { data } = await reply.json()
  return data.items
}

function optionFor(suggestion: Suggestion, id: string): HTMLLIElement {
  const item = document.createElement('li')
  item.id = id
  item.role = 'option'
  item.className = 'suggest__option'
  item.dataset.url = suggestion.url
  const picture = document.createElement(suggestion.picture ? 'img' : 'span')
  picture.className = 'suggest__picture'
  if (picture instanceof HTMLImageElement)
    Object.assign(picture, { src: suggestion.picture, alt: '', width: 36, height: 36 })
  const title = document.createElement('span')
  title.textContent = suggestion.title
  const side = document.createElement('span')
  side.className = 'muted small num'
  side.textContent = suggestion.price ? formatMoneyShort(suggestion.price) : suggestion.kind
  item.append(picture, title, side)
  return item
}

function buildCombobox(form: HTMLFormElement, input: HTMLInputElement) {
  const list = document.createElement('ul')
  list.id = `${input.id}-suggestions`
  list.role = 'listbox'
  list.className = 'suggest'
  list.ariaLabel = 'Suggestions'
  list.hidden = true
  const told = document.createElement('p')
  told.className = 'sr'
  told.role = 'status'
  form.append(list, told)
  input.role = 'combobox'
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-expanded', 'false')
  input.setAttribute('aria-controls', list.id)
  return { list, told }
}

function enhanceField(form: HTMLFormElement, input: HTMLInputElement) {
  const { list, told } = buildCombobox(form, input)
  let timer = 0
  let active = -1

  const choose = (index: number) => {
    active = index
    for (const [at, option] of [...list.children].entries()) option.ariaSelected = String(at === index)
    const option = list.children[index]
    if (option) input.setAttribute('aria-activedescendant', option.id)
    else input.removeAttribute('aria-activedescendant')
  }
  const close = () => {
    list.hidden = true
    input.setAttribute('aria-expanded', 'false')
    choose(-1)
  }
  const show = (suggestions: Suggestion[]) => {
    list.replaceChildren(...suggestions.map((one, index) => optionFor(one, `${list.id}-${index}`)))
    list.hidden = suggestions.length === 0
    input.setAttribute('aria-expanded', String(!list.hidden))
    told.textContent = suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`
    choose(-1)
  }
  const go = (option: Element | undefined) => {
    if (option instanceof HTMLElement && option.dataset.url) window.location.assign(option.dataset.url)
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    const words = input.value.trim()
    if (words.length < SHORTEST) return close()
    timer = window.setTimeout(async () => {
      const found = await ask(words).catch(() => [])
      if (input.value.trim() === words) show(found)
    }, WAIT_MS)
  })
  input.addEventListener('keydown', (event) => {
    if (list.hidden) return
    const last = list.children.length - 1
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') choose(active >= last ? 0 : active + 1)
    else if (event.key === 'ArrowUp') choose(active <= 0 ? last : active - 1)
    else if (event.key === 'Enter' && active >= 0) go(list.children[active])
    else return
    event.preventDefault()
  })
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    if (event.target instanceof Element) go(event.target.closest('[role=option]') ?? undefined)
  })
  input.addEventListener('blur', close)
}

/** Suggestions while typing: arrow keys, Enter and Escape; the number of them is announced. */
export function enhanceSuggestions() {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-suggest]')) {
    const input = form.querySelector<HTMLInputElement>('input[type=search]')
    if (input) enhanceField(form, input)
  }
}

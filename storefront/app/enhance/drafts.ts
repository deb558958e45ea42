import { UNSENT } from '@vitrine/contracts/sign-in-path'

const KEY = 'draft'
const KEPT_MS = 30 * 60_000
const MOST_CHARACTERS = 20_000
const KEPT_TYPES = /^(text|email|tel|url|search|number|date|checkbox|radio|textarea|select-one)$/
const SECRET = /password|one-time-code|^cc-/

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
type Draft = { action: string; at: number; fields: [string, string][] }

const isTick = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio'

/** The fields whose values may be written down: what a person typed or chose, and no secret. */
const keptFields = (form: HTMLFormElement): Field[] =>
  ([...form.elements] as Field[]).filter(
    (field) => field.name && KEPT_TYPES.test(field.type) && !SECRET.test(field.autocomplete),
  )

function keep(form: HTMLFormElement) {
  const typed = keptFields(form).filter((field) => !isTick(field) || field.checked)
  const fields = typed.map((field): [string, string] => [field.name, field.value])
  const draft = JSON.stringify({ action: form.action, at: Date.now(), fields } satisfies Draft)
  try {
    if (draft.length <= MOST_CHARACTERS) sessionStorage.setItem(KEY, draft)
    else sessionStorage.removeItem(KEY)
  } catch {
    // A browser that keeps nothing for us sends the form all the same.
  }
}

function take(): Draft | null {
  try {
    const text = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    const draft = text === null ? null : (JSON.parse(text) as Draft)
    return draft && draft.at > Date.now() - KEPT_MS ? draft : null
  } catch {
    return null
  }
}

/** Sets a field as a person would, so that React hears of it, too. */
function fill(field: Field, values: string[]) {
  if (isTick(field)) {
    if (field.checked !== values.includes(field.value)) field.click()
    return
  }
  const [value] = values
  if (value === undefined || field.value === value) return
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value)
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
}

function putBack({ action, fields }: Draft): HTMLFormElement | null {
  const names = new Set(fields.map(([name]) => name))
  const hasAll = (form: HTMLFormElement) => [...names].every((name) => form.elements.namedItem(name) !== null)
  const form = [...document.forms].find((one) => one.method === 'post' && one.action === action && hasAll(one))
  if (!form || names.size === 0) return null
  for (const field of keptFields(form)) {
    fill(
      field,
      fields.filter(([name]) => name === field.name).map(([, value]) => value),
    )
  }
  return form
}

function tell(form: HTMLFormElement) {
  const notice = document.createElement('p')
  notice.className = 'notice notice--warning mb'
  notice.setAttribute('role', 'alert')
  notice.tabIndex = -1
  notice.textContent = 'What you typed stands here again. It is not saved yet: look it over and send it once more.'
  form.before(notice)
  notice.focus()
}

/** What was typed into a form survives the end of a session: kept in this tab when sent, put back after signing in. */
export function enhanceDrafts() {
  document.addEventListener('submit', ({ target }) => {
    if (target instanceof HTMLFormElement && target.method === 'post' && location.pathname !== '/login') keep(target)
  })
  // Who signs in does so on pages of their own, and still comes back.
  if (location.pathname === '/login') return
  const draft = take()
  if (location.hash !== UNSENT) return
  history.replaceState(history.state, '', location.pathname + location.search)
  const form = draft && putBack(draft)
  if (form) tell(form)
}

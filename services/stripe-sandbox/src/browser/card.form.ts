import {
  brandOf,
  type CardValues,
  checkCard,
  expiryOf,
  type FieldError,
  type FieldName,
  formatCvc,
  formatExpiry,
  formatNumber,
} from './card.field.rules.ts'
import { type Locale, labelFor, sentenceFor } from './locale.rules.ts'

interface FieldSpec {
  className: string
  autocomplete: AutoFill
  placeholder: string
}

const SPECS: Record<FieldName, FieldSpec> = {
  number: {
    className: 'field',
    autocomplete: 'cc-number',
    placeholder: '1234 1234 1234 1234',
  },
  expiry: { className: 'field span-3', autocomplete: 'cc-exp', placeholder: 'MM / YY' },
  cvc: { className: 'field span-3', autocomplete: 'cc-csc', placeholder: 'CVC' },
}
const ORDER: readonly FieldName[] = ['number', 'expiry', 'cvc']

const SVG = 'http://www.w3.org/2000/svg'
const TEST_CARD = 'stripe-sandbox-card'
let formCount = 0

function warningIcon(): SVGElement {
  const icon = document.createElementNS(SVG, 'svg')
  icon.setAttribute('class', 'icon')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  for (const d of ['M12 4 2.8 19.5h18.4z', 'M12 10v4.5M12 17v.1']) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', d)
    icon.append(path)
  }
  return icon
}

interface Field {
  input: HTMLInputElement
  showError(message: string | null): void
}

function createField(
  { label, className, autocomplete, placeholder }: FieldSpec & { label: string },
  id: string,
): Field & { root: HTMLElement } {
  const root = document.createElement('div')
  root.className = className
  const caption = document.createElement('label')
  caption.htmlFor = id
  caption.className = 'field__label'
  caption.textContent = label
  const input = document.createElement('input')
  Object.assign(input, {
    id,
    className: 'input',
    type: 'text',
    inputMode: 'numeric',
    autocomplete,
    placeholder,
    spellcheck: false,
  })
  // Not `required`: the page's own form must not stop on a field that Stripe would keep in its frame.
  input.setAttribute('aria-required', 'true')
  const note = document.createElement('p')
  note.className = 'field__error'
  note.id = `${id}-error`
  root.append(caption, input)
  return {
    root,
    input,
    showError(message) {
      if (message === null) {
        note.remove()
        input.removeAttribute('aria-invalid')
        input.removeAttribute('aria-describedby')
        return
      }
      const text = document.createElement('span')
      text.textContent = message
      note.replaceChildren(warningIcon(), text)
      root.append(note)
      input.setAttribute('aria-invalid', 'true')
      input.setAttribute('aria-describedby', note.id)
    },
  }
}

/** Writes the formatted text back and leaves the caret behind the same digit. */
function writeFormatted(input: HTMLInputElement, text: string) {
  if (input.value === text) return
  const isAtEnd = input.selectionStart === input.value.length
  const digitsBefore = input.value.slice(0, input.selectionStart ?? 0).replace(/\D/g, '').length
  input.value = text
  if (isAtEnd || document.activeElement !== input) return
  let caret = 0
  for (let seen = 0; caret < text.length && seen < digitsBefore; caret++) if (/\d/.test(text[caret] ?? '')) seen += 1
  input.setSelectionRange(caret, caret)
}

export interface CardForm {
  root: HTMLElement
  state(): { isEmpty: boolean; isComplete: boolean; brand: string; error: FieldError | null }
  /** Shows what is missing, puts the focus on the first such field, and returns its error. */
  validate(): FieldError | null
  showError(error: FieldError): void
  /** The card as parameters of a payment method. */
  toParams(): Record<string, string>
  setDisabled(isDisabled: boolean): void
  /** Keeps the values and the focus, and takes no typing. */
  setBusy(isBusy: boolean): void
  clear(): void
  focus(): void
}

/** A card chosen on the tester's page: taken once, by the next form of this tab. */
function takeTestCard(): CardValues | null {
  const number = sessionStorage.getItem(TEST_CARD)
  sessionStorage.removeItem(TEST_CARD)
  if (!number || !/^\d{12,19}$/.test(number)) return null
  const year = String(new Date().getFullYear() + 3).slice(-2)
  return { number: formatNumber(number), expiry: `12 / ${year}`, cvc: formatCvc('1234', number) }
}

/** Number, expiry and security code as plain labelled inputs: a keyboard and a screen reader need nothing more. */
export function createCardForm(locale: Locale, onEvent: (name: 'change' | 'focus' | 'blur') => void): CardForm {
  formCount += 1
  const root = document.createElement('div')
  root.className = 'fields'
  const make = (name: FieldName) =>
    createField({ ...SPECS[name], label: labelFor(locale, name) }, `card-${name}-${formCount}`)
  const fields = { number: make('number'), expiry: make('expiry'), cvc: make('cvc') }
  const made = ORDER.map((name) => [name, fields[name]] as const)
  root.append(...made.map(([, field]) => field.root))

  const chosen = takeTestCard()
  if (chosen) for (const name of ORDER) fields[name].input.value = chosen[name]

  const values = (): CardValues => ({
    number: fields.number.input.value,
    expiry: fields.expiry.input.value,
    cvc: fields.cvc.input.value,
  })
  const errors = () =>
    checkCard(values(), new Date()).map((error) => ({
      ...error,
      message: sentenceFor(locale, error.code, undefined, error.message),
    }))

  function format(name: FieldName, isDeleting: boolean) {
    const { input } = fields[name]
    if (name === 'number') writeFormatted(input, formatNumber(input.value))
    if (name === 'expiry') writeFormatted(input, formatExpiry(input.value, isDeleting))
    if (name === 'cvc') writeFormatted(input, formatCvc(input.value, fields.number.input.value))
  }

  for (const [name, { input, showError }] of made) {
    input.addEventListener('input', (event) => {
      const isDeleting = event instanceof InputEvent && event.inputType.startsWith('delete')
      format(name, isDeleting)
      showError(null)
      onEvent('change')
    })
    input.addEventListener('focus', () => onEvent('focus'))
    input.addEventListener('blur', () => {
      const error = input.value === '' ? undefined : errors().find(({ field }) => field === name)
      if (error) showError(error.message)
      onEvent('blur')
    })
  }

  return {
    root,
    state() {
      const found = errors()
      const { number, expiry, cvc } = values()
      return {
        isEmpty: number + expiry + cvc === '',
        isComplete: found.length === 0,
        brand: brandOf(number),
        error: found[0] ?? null,
      }
    },
    validate() {
      const found = errors()
      for (const [name, field] of made) field.showError(found.find((error) => error.field === name)?.message ?? null)
      const [first] = found
      if (first) fields[first.field].input.focus()
      return first ?? null
    },
    showError: ({ field, message }) => fields[field].showError(message),
    toParams() {
      const { number, expiry, cvc } = values()
      const { month, year } = expiryOf(expiry)
      return {
        type: 'card',
        'card[number]': number.replace(/\D/g, ''),
        'card[exp_month]': String(month),
        'card[exp_year]': String(year),
        'card[cvc]': cvc,
      }
    },
    setDisabled(isDisabled) {
      for (const [, { input }] of made) input.disabled = isDisabled
    },
    setBusy(isBusy) {
      for (const [, { input }] of made) input.readOnly = isBusy
    },
    clear() {
      for (const [, { input, showError }] of made) {
        input.value = ''
        showError(null)
      }
    },
    focus: () => fields.number.input.focus(),
  }
}

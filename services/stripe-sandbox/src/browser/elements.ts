import { type Appearance, applyAppearance } from './appearance.ts'
import type { FieldError } from './card.field.rules.ts'
import { type CardForm, createCardForm } from './card.form.ts'
import { type Locale, localeOf } from './locale.rules.ts'

/** A mistake in the calling page, not of the customer: thrown, as Stripe.js does. */
export const integrationError = (message: string) => Object.assign(new Error(message), { name: 'IntegrationError' })

type Listener = (event: object) => void
const TYPES = ['payment', 'card'] as const
type ElementType = (typeof TYPES)[number]

export interface ElementsOptions {
  clientSecret?: string
  mode?: string
  amount?: number
  currency?: string
  appearance?: Appearance
  locale?: string
}

export interface StripeElement {
  form: CardForm
  mount(target: string | HTMLElement): StripeElement
  unmount(): StripeElement
  destroy(): StripeElement
  on(name: string, listener: Listener): StripeElement
  once(name: string, listener: Listener): StripeElement
  off(name: string, listener?: Listener): StripeElement
  update(options: { disabled?: boolean; readOnly?: boolean }): StripeElement
  focus(): void
  blur(): void
  clear(): void
  collapse(): void
}

function changeEvent(type: ElementType, form: CardForm): object {
  const { isEmpty, isComplete, brand, error } = form.state()
  const common = { elementType: type, empty: isEmpty, complete: isComplete }
  if (type === 'payment') return { ...common, collapsed: false, value: { type: 'card' } }
  const shown =
    !isEmpty && error && !error.code.startsWith('incomplete') ? { ...error, type: 'validation_error' } : undefined
  return { ...common, brand, error: shown, value: { postalCode: '' } }
}

function findTarget(target: string | HTMLElement): Element {
  const found = typeof target === 'string' ? document.querySelector(target) : target
  if (!found)
    throw integrationError(
      `The selector you specified (${target}) applies to no DOM elements that are currently on the page.`,
    )
  return found
}

function createElement(type: ElementType, locale: Locale, appearance: Appearance | undefined): StripeElement {
  const listeners = new Map<string, Set<Listener>>()
  let host: Element | null = null

  function emit(name: string, event: object = { elementType: type }) {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(event)
  }

  function decorate() {
    const { isEmpty, isComplete } = form.state()
    host?.classList.toggle('StripeElement--empty', isEmpty)
    host?.classList.toggle('StripeElement--complete', isComplete)
  }

  const form = createCardForm(locale, (name) => {
    host?.classList.toggle('StripeElement--focus', name === 'focus')
    if (name !== 'change') return emit(name)
    decorate()
    emit('change', changeEvent(type, form))
  })

  const element: StripeElement = {
    form,
    mount(target) {
      host = findTarget(target)
      host.replaceChildren(form.root)
      host.classList.add('StripeElement')
      applyAppearance(form.root, appearance)
      decorate()
      queueMicrotask(() => emit('ready'))
      return element
    },
    unmount() {
      form.root.remove()
      host?.classList.remove('StripeElement', 'StripeElement--empty', 'StripeElement--complete', 'StripeElement--focus')
      host = null
      return element
    },
    destroy() {
      listeners.clear()
      return element.unmount()
    },
    on(name, listener) {
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
      return element
    },
    once(name, listener) {
      const only: Listener = (event) => {
        element.off(name, only)
        listener(event)
      }
      return element.on(name, only)
    },
    off(name, listener) {
      if (listener) listeners.get(name)?.delete(listener)
      else listeners.delete(name)
      return element
    },
    update({ disabled, readOnly }) {
      if (disabled !== undefined) form.setDisabled(disabled)
      if (readOnly !== undefined) form.setBusy(readOnly)
      return element
    },
    focus: () => form.focus(),
    blur: () => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined),
    clear: () => form.clear(),
    collapse: () => undefined,
  }
  return element
}

export const validationError = ({ code, message }: FieldError) => ({ type: 'validation_error', code, message })

/** The container `stripe.elements()` returns. It holds one card form. */
export function createElements(initial: ElementsOptions = {}, locale?: string) {
  const created = new Map<string, StripeElement>()
  let options = initial

  return {
    options: () => options,
    cardElement: () => created.get('payment') ?? created.get('card') ?? null,
    create(type: string): StripeElement {
      const known = TYPES.find((name) => name === type)
      if (!known) throw integrationError(`The sandbox has no element of type ${type}. It has: ${TYPES.join(', ')}.`)
      if (created.has(type))
        throw integrationError(`Can only create one Element of type ${type} through this instance of Elements.`)
      const element = createElement(known, localeOf(options.locale ?? locale), options.appearance)
      created.set(type, element)
      return element
    },
    getElement: (type: string) => created.get(type) ?? null,
    update(change: ElementsOptions) {
      options = { ...options, ...change }
      for (const element of created.values()) applyAppearance(element.form.root, change.appearance)
    },
    fetchUpdates: async () => ({}),
    async submit() {
      const element = created.get('payment') ?? created.get('card')
      if (!element) throw integrationError('elements.submit() needs a mounted element.')
      const error = element.form.validate()
      return error ? { error: validationError(error) } : { selectedPaymentMethod: 'card' }
    },
  }
}

export type Elements = ReturnType<typeof createElements>

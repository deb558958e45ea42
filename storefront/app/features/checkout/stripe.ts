/** The part of Stripe.js that the shop uses; the sandbox's drop-in has the same calls. */
export interface StripeError {
  type: string
  code?: string
  decline_code?: string
  message?: string
}

export interface PaymentElement {
  mount(element: HTMLElement): void
  on(event: 'ready', listener: () => void): void
  unmount(): void
}

export interface Elements {
  create(kind: 'payment', options?: { layout?: 'tabs' | 'accordion' }): PaymentElement
  submit?(): Promise<{ error?: StripeError }>
}

export interface Stripe {
  elements(options: { clientSecret: string; appearance?: { theme?: 'stripe' | 'night' | 'flat' } }): Elements
  confirmPayment(options: {
    elements: Elements
    redirect: 'if_required'
    confirmParams: { return_url: string }
  }): Promise<{ error?: StripeError; paymentIntent?: { status: string } }>
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => Stripe
  }
}

const loading = new Map<string, Promise<void>>()

function loadScript(url: string): Promise<void> {
  const known = loading.get(url)
  if (known) return known
  const work = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = url
    script.onload = () => resolve()
    script.onerror = () => {
      loading.delete(url)
      script.remove()
      reject(new Error(`The payment script ${url} did not load.`))
    }
    document.head.append(script)
  })
  loading.set(url, work)
  return work
}

/** Stripe.js, or the sandbox's drop-in: the configuration says which, the page does not care. */
export async function loadStripe(scriptUrl: string, publishableKey: string): Promise<Stripe> {
  await loadScript(scriptUrl)
  if (!window.Stripe) throw new Error('The payment script did not start.')
  return window.Stripe(publishableKey)
}

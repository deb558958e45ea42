import type { Money } from '@vitrine/contracts/money'
import type { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { useEffect, useRef, useState } from 'react'
import type { DeclineWords } from '#app/features/checkout/decline-words.ts'
import { declineWords } from '#app/features/checkout/decline-words.ts'
import type { Elements, Stripe } from '#app/features/checkout/stripe.ts'
import { loadStripe } from '#app/features/checkout/stripe.ts'
import { formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

interface Mounted {
  stripe: Stripe
  elements: Elements
}

const NO_SCRIPT: DeclineWords = {
  title: 'The card form did not load.',
  text: 'Your order is kept and nothing was charged. Load the page again.',
  codes: '',
}
const UNCLEAR: DeclineWords = {
  title: 'The payment provider did not answer.',
  text: 'We look whether the payment arrived; this page tells you. Press Pay again if nothing happens.',
  codes: '',
}

/** Puts the provider's own card form into `frame`. */
function useCardForm(
  { scriptUrl, publishableKey, clientSecret }: PaymentHandle,
  onFailure: (words: DeclineWords) => void,
) {
  const frame = useRef<HTMLDivElement>(null)
  const mounted = useRef<Mounted | null>(null)
  const [isReady, setReady] = useState(false)
  const fail = useRef(onFailure)
  fail.current = onFailure

  useEffect(() => {
    let isGone = false
    let unmount = () => {}
    loadStripe(scriptUrl, publishableKey)
      .then((stripe) => {
        if (isGone || !frame.current) return
        const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches
        const elements = stripe.elements({ clientSecret, appearance: { theme: isDark ? 'night' : 'stripe' } })
        const card = elements.create('payment', { layout: 'tabs' })
        card.on('ready', () => setReady(true))
        card.mount(frame.current)
        unmount = () => card.unmount()
        mounted.current = { stripe, elements }
      })
      .catch(() => fail.current(NO_SCRIPT))
    return () => {
      isGone = true
      mounted.current = null
      unmount()
    }
  }, [scriptUrl, publishableKey, clientSecret])

  return { frame, mounted, isReady }
}

function Refusal({ words }: { words: DeclineWords }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (words) box.current?.focus()
  }, [words])
  return (
    <div className="notice notice--danger" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div>
        <h3>{words.title}</h3>
        <p>{words.text}</p>
        {words.codes && (
          <details className="small">
            <summary className="link link--muted">Details for support</summary>
            <p className="muted mono">{words.codes}</p>
          </details>
        )}
      </div>
    </div>
  )
}

interface CardFormProps {
  payment: PaymentHandle
  total: Money
  /** The provider took the payment; the order follows when our own services have seen it. */
  onPaid: () => void
}

/** The card form, its refusals beside it, and the button that pays. Pay works again after every refusal. */
export function CardForm({ payment, total, onPaid }: CardFormProps) {
  const [words, setWords] = useState<DeclineWords | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { frame, mounted, isReady } = useCardForm(payment, setWords)

  async function pay() {
    if (!mounted.current || isBusy) return
    const { stripe, elements } = mounted.current
    setBusy(true)
    setWords(null)
    try {
      const { error } = await stripe.confirmPayment({
        elements,
        redirect: 'if_required',
        confirmParams: { return_url: window.location.href },
      })
      if (error) setWords(declineWords(error))
      else onPaid()
    } catch {
      setWords(UNCLEAR)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className="stack"
      method="post"
      onSubmit={(event) => {
        event.preventDefault()
        void pay()
      }}
      noValidate
    >
      {words && <Refusal words={words} />}
      <div className="card-frame" ref={frame} />
      <noscript>
        <div className="notice notice--warning">
          <div>
            The card form needs JavaScript, because card data goes straight to the payment provider. Your order is kept:
            turn JavaScript on and load this page again.
          </div>
        </div>
      </noscript>
      <p className="iconed small muted">
        <Icon name="lock" />
        <span>Card data goes straight to the payment provider. We never see it.</span>
      </p>
      <Button tone="primary" size="big" isBlock type="submit" isBusy={isBusy} aria-disabled={!isReady || undefined}>
        {words ? 'Try again and pay' : 'Pay'} {formatMoney(total)}
      </Button>
    </form>
  )
}

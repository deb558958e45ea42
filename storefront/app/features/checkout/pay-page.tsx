import type { Order } from '@vitrine/contracts/orders'
import type { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { CardForm } from '#app/features/checkout/card-form.tsx'
import { KeptUntil } from '#app/features/checkout/kept-until.tsx'
import { FoldedSum, SideSum } from '#app/features/checkout/order-sum.tsx'
import { Step } from '#app/features/checkout/step.tsx'
import { addressText } from '#app/features/orders/address-lines.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'

function DoneStep({ title, order, children }: { title: string; order: Order; children: React.ReactNode }) {
  const id = `done-${title.toLowerCase()}`
  return (
    <section className="step step--done" aria-labelledby={id}>
      <h2 id={id}>
        <span className="n">
          <Icon name="check" />
        </span>
        {title}
        <a className="small medium" href={`/checkout?order=${order.id}`}>
          Change<span className="sr"> {title.toLowerCase()}</span>
        </a>
      </h2>
      <p className="soft">{children}</p>
    </section>
  )
}

/** While our own services have not seen the payment yet. The page finds out by itself. */
export function Confirming({ order }: { order: Order }) {
  return (
    <main id="main" className="wrap page-top">
      <div className="box empty" role="status">
        <span className={buttonClass({ tone: 'quiet', isIcon: true })} aria-hidden="true" data-busy />
        <h1>Confirming your payment</h1>
        <p>This takes a few seconds. You can close the page: we send the receipt to {order.email}.</p>
        <p>
          <a href={`/checkout/${order.id}`}>Look again</a>
        </p>
      </div>
    </main>
  )
}

interface PayPageProps {
  order: Order
  payment: PaymentHandle | null
  onPaid: () => void
}

/** The order is made and its items are kept; what is missing is the card. */
export function PayPage({ order, payment, onPaid }: PayPageProps) {
  return (
    <div className="pay-page">
      <div className="wrap pay">
        <main id="main" className="pay__form">
          <h1>
            Pay for order <span className="nowrap">{order.number}</span>
          </h1>
          <FoldedSum sum={order} shippingName={order.shippingMethodName} />
          <DoneStep title="Contact" order={order}>
            {order.email}
          </DoneStep>
          <DoneStep title="Address" order={order}>
            {addressText(order.addresses.shipping)}
          </DoneStep>
          <DoneStep title="Delivery" order={order}>
            {order.shippingMethodName}
          </DoneStep>
          <Step number={4} title="Payment">
            {order.expiresAt && <KeptUntil at={order.expiresAt} />}
            {payment ? (
              <CardForm payment={payment} total={order.total} onPaid={onPaid} />
            ) : (
              <Notice tone="warning" title="The payment is not ready yet." role="status">
                <p>
                  Your order is kept. <a href={`/checkout/${order.id}`}>Try again</a> in a moment.
                </p>
              </Notice>
            )}
          </Step>
        </main>
        <SideSum sum={order} shippingName={order.shippingMethodName} />
      </div>
    </div>
  )
}

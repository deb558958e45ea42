import type { Order } from '@vitrine/contracts/orders'
import { sumPairs } from '#app/features/checkout/order-sum.tsx'
import { AddressLines, addressText } from '#app/features/orders/address-lines.tsx'
import { OrderLines } from '#app/features/orders/order-lines.tsx'
import { STATUS_WORDS } from '#app/features/orders/order-state.ts'
import { Tracker } from '#app/features/orders/tracker.tsx'
import { formatMoney } from '#app/format.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

const firstName = (order: Order) => order.addresses.shipping.name.split(' ')[0]

const ENDINGS: Partial<Record<Order['status'], string>> = {
  confirmed: 'is ours to pack.',
  shipped: 'is on its way.',
  delivered: 'was delivered.',
  cancelling: 'is being cancelled.',
  cancelled: 'was cancelled.',
}
const THANKED: Order['status'][] = ['confirmed', 'shipped', 'delivered']

function Title({ order }: { order: Order }) {
  return (
    <h1>
      {THANKED.includes(order.status) && `Thank you, ${firstName(order)}. `}
      Order <span className="nowrap">{order.number}</span> {ENDINGS[order.status] ?? 'was not paid in time.'}
    </h1>
  )
}

function Head({ order }: { order: Order }) {
  const isEnded = order.status === 'expired' || order.status === 'cancelled'
  return (
    <div className="stack">
      <p className={isEnded ? 'stock stock--out' : 'stock'} role="status">
        {STATUS_WORDS[order.status]}
      </p>
      <Title order={order} />
      {isEnded ? (
        <p className="lead measure">
          {order.refundedTotal.amount > 0
            ? `We sent ${formatMoney(order.refundedTotal)} back to your card.`
            : 'Nothing was charged. The items are free for everybody again.'}
        </p>
      ) : (
        <p className="lead measure">
          We write to <b className="medium">{order.email}</b> with the receipt. The next message comes when the parcel
          leaves.
        </p>
      )}
      {order.refundedTotal.amount > 0 && !isEnded && (
        <Notice tone="info">{formatMoney(order.refundedTotal)} went back to your card.</Notice>
      )}
    </div>
  )
}

/** The same things once more, at today's prices, as far as they are still there. */
function OrderAgain({ order }: { order: Order }) {
  return (
    <form method="post" action="/cart/add">
      {order.lines.map(({ sku, quantity }) => (
        <input key={sku} type="hidden" name="again" value={`${sku}:${quantity}`} />
      ))}
      <button className={buttonClass({ tone: 'quiet' })} type="submit">
        Order again
      </button>
    </form>
  )
}

function Acts({ order }: { order: Order }) {
  return (
    <div className="row mt">
      <Button type="button" onClick={() => window.print()} className="needs-script">
        <Icon name="print" />
        Print
      </Button>
      <OrderAgain order={order} />
      {order.paymentStatus !== 'unpaid' && (
        <a className={buttonClass({ tone: 'quiet' })} href={`/checkout/${order.id}/invoice`}>
          Invoice
        </a>
      )}
      {order.status === 'confirmed' && (
        <details>
          <summary className={buttonClass({ tone: 'quiet' })}>Cancel the order</summary>
          <form method="post" className="box stack mt">
            <p>We stop packing and send {formatMoney(order.total)} back to your card.</p>
            <button className={buttonClass({ tone: 'danger' })} type="submit" name="intent" value="cancel">
              Cancel order {order.number}
            </button>
          </form>
        </details>
      )}
    </div>
  )
}

function AccountOffer({ order }: { order: Order }) {
  return (
    <form className="box stack" method="post" action="/register">
      <h2>Keep your orders in an account</h2>
      <p className="small soft">One password, and your address is filled in next time.</p>
      <input type="hidden" name="email" value={order.email} />
      <input type="hidden" name="name" value={order.addresses.shipping.name} />
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        hint="8 characters or more."
      />
      <button className={buttonClass({ tone: 'primary' })} type="submit">
        Create account
      </button>
    </form>
  )
}

/** The page of an order that was paid, or that ended without. Safe to reload and to come back to. */
export function PlacedOrder({
  order,
  isSignedIn,
  problem,
}: {
  order: Order
  isSignedIn: boolean
  problem: string | null
}) {
  const isLive = ['confirmed', 'shipped', 'delivered', 'cancelling'].includes(order.status)
  return (
    <main id="main" className="wrap page-top">
      {problem && (
        <Notice tone="warning" role="alert">
          {problem}
        </Notice>
      )}
      <Head order={order} />
      <Acts order={order} />
      {isLive && (
        <section className="box section-s" aria-labelledby="status">
          <h2 id="status" className="sr">
            Status
          </h2>
          <Tracker order={order} />
        </section>
      )}
      <div className="two">
        <div className="stack stack--loose">
          <section aria-labelledby="bought">
            <h2 className="heading" id="bought">
              What you ordered
            </h2>
            <OrderLines lines={order.lines} canReview={isSignedIn && order.status === 'delivered'} />
          </section>
          <div className="addresses">
            <section aria-labelledby="goes-to">
              <h2 id="goes-to">Goes to</h2>
              <AddressLines address={order.addresses.shipping} />
            </section>
            <section aria-labelledby="bill-to">
              <h2 id="bill-to">Bill to</h2>
              {addressText(order.addresses.billing) === addressText(order.addresses.shipping) ? (
                <p className="soft">The same address</p>
              ) : (
                <AddressLines address={order.addresses.billing} />
              )}
            </section>
          </div>
        </div>
        <aside className="stack" aria-label="Total and account">
          <div className="box stack">
            <h2>Total</h2>
            <Pairs items={sumPairs(order, order.shippingMethodName)} isSmall />
          </div>
          {!isSignedIn && isLive && <AccountOffer order={order} />}
          {!isLive && (
            <a className={buttonClass({ tone: 'primary' })} href="/cart">
              Back to your cart
            </a>
          )}
        </aside>
      </div>
    </main>
  )
}

import type { MetaFunction } from '@remix-run/node'
import { pageMeta } from '#app/features/seo.ts'
import { Crumbs } from '#app/ui/crumbs.tsx'

export const meta: MetaFunction = () =>
  pageMeta({ title: 'Delivery and returns', description: 'How things reach you, and how they come back.' })

/** What one asks before buying: delivery, returns, paying, and what is kept. */
export default function Help() {
  return (
    <main id="main" className="wrap page-top">
      <Crumbs items={[{ title: 'Home', to: '/' }, { title: 'Delivery and returns' }]} />
      <h1>Delivery and returns</h1>
      <div className="measure stack stack--loose section-s">
        <section className="stack" id="delivery" aria-labelledby="delivery-title">
          <h2 id="delivery-title">Delivery</h2>
          <p>
            Three to five working days, or one to two with express delivery; a little longer abroad. What it costs
            depends on the country and on what is in the cart: the <a href="/cart">cart</a> shows it before you enter
            anything, and how much more makes it free.
          </p>
          <p>
            A mail with the tracking number comes when the parcel leaves. <a href="/orders/lookup">Find your order</a>{' '}
            by its number and your e-mail, without an account.
          </p>
        </section>
        <section className="stack" id="returns" aria-labelledby="returns-title">
          <h2 id="returns-title">Returns</h2>
          <p>
            You have 30 days to change your mind. Until the parcel leaves you can cancel on the page of the order; after
            that, send things back, and the money returns to the card within two days of their arrival.
          </p>
          <p>Everything has three years of warranty.</p>
        </section>
        <section className="stack" id="paying" aria-labelledby="paying-title">
          <h2 id="paying-title">Paying</h2>
          <p>
            By card. Card data goes straight to the payment provider; we never see it. From checkout on your items are
            held for you, and a payment that fails costs nothing: the cart stays as it is.
          </p>
        </section>
        <section className="stack" id="data" aria-labelledby="data-title">
          <h2 id="data-title">Your data</h2>
          <p>
            We keep what an order needs, and nothing that watches you. With an account you can{' '}
            <a href="/account/profile">take everything along or delete it</a> at any time.
          </p>
        </section>
      </div>
    </main>
  )
}

import type { Picture as PictureData, Product } from '@vitrine/contracts/catalog'
import type { Card } from '#app/features/catalog/card.ts'
import { ProductGrid } from '#app/features/catalog/product-card.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { Price } from '#app/ui/price.tsx'
import { Rating } from '#app/ui/rating.tsx'
import { Stock } from '#app/ui/stock.tsx'

export function ShopWindow() {
  return (
    <section className="window" aria-labelledby="window-title">
      <img
        className="lit"
        src="/pictures/window.webp"
        width={1900}
        height={1000}
        fetchpriority="high"
        alt="A shop window in daylight: a wooden chair, a radio, a plant, a teapot, headphones and a cabin case on round plinths"
      />
      <div className="window__copy">
        <h1 id="window-title">Good things, in plain view.</h1>
        <p>Objects for listening, brewing, carrying and sitting down. Everything we sell is in the window.</p>
        <p className="row">
          <a className={buttonClass({ tone: 'ink', size: 'big' })} href="/products?sort=newest">
            See what is new
          </a>
        </p>
      </div>
    </section>
  )
}

export interface Shelf {
  slug: string
  title: string
  productCount: number
  picture: PictureData | undefined
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

export function Shelves({ shelves, productCount }: { shelves: Shelf[]; productCount: number }) {
  if (shelves.length === 0) return null
  return (
    <section className="section" aria-labelledby="rooms">
      <div className="section__head">
        <h2 id="rooms">{NUMBERS[shelves.length] ?? shelves.length} shelves</h2>
        <a href="/products">All {productCount} products</a>
      </div>
      <ul className="rooms">
        {shelves.map((shelf) => (
          <li key={shelf.slug}>
            <a href={`/categories/${shelf.slug}`}>
              <div className="pane">
                <Picture picture={shelf.picture} sizes="(width >= 72rem) 13rem, 45vw" alt="" />
              </div>
              <span>
                <b>{shelf.title}</b>
                <span className="muted num">{shelf.productCount}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface RailProps {
  id: string
  title: string
  more: { to: string; title: string }
  products: Card[]
}

export function Rail({ id, title, more, products }: RailProps) {
  if (products.length === 0) return null
  return (
    <section className="section" aria-labelledby={id}>
      <div className="section__head">
        <h2 id={id}>{title}</h2>
        <a href={more.to}>{more.title}</a>
      </div>
      <ProductGrid products={products} columns={4} />
    </section>
  )
}

const firstSentence = (text: string) => text.split(/(?<=\.)\s/)[0] ?? text

/** One product that gets half the page. */
export function Feature({ product }: { product: Product | undefined }) {
  if (!product) return null
  return (
    <section className="section feature" aria-labelledby="feature">
      <div className="feature__picture">
        <Picture picture={product.pictures[0]} sizes="(width >= 56rem) 50vw, 100vw" />
      </div>
      <div className="feature__copy">
        <p className="row">
          <Rating {...product.rating} />
        </p>
        <h2 id="feature">{product.title}</h2>
        <p className="lead measure">{firstSentence(product.description)}</p>
        <div className="row">
          <Price now={product.priceRange.min} upTo={product.priceRange.max} />
          <Stock available={product.available} />
        </div>
        <p className="row">
          <a className={buttonClass({ size: 'big' })} href={`/products/${product.slug}`}>
            Look at it
          </a>
        </p>
      </div>
    </section>
  )
}

export function Facts() {
  return (
    <section className="section" aria-labelledby="facts">
      <h2 id="facts" className="sr">
        How we sell
      </h2>
      <ul className="facts">
        <li>
          <Icon name="truck" />
          <h3>Three to five working days</h3>
          <p>Or one to two with express delivery.</p>
        </li>
        <li>
          <Icon name="return" />
          <h3>30 days to change your mind</h3>
          <p>Send anything back. We refund within two days.</p>
        </li>
        <li>
          <Icon name="person" />
          <h3>No account needed</h3>
          <p>Check out with an e-mail. Make an account afterwards if you like.</p>
        </li>
      </ul>
    </section>
  )
}

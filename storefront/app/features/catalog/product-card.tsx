import type { ProductOption } from '@vitrine/contracts/catalog'
import type { Card } from '#app/features/catalog/card.ts'
import { percentOff } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { Price } from '#app/ui/price.tsx'
import { Rating } from '#app/ui/rating.tsx'
import { Stock } from '#app/ui/stock.tsx'

const FEW = 3
const MOST_SWATCHES = 4
const SIZES = '(width >= 72rem) 19rem, (width >= 40rem) 30vw, 46vw'

function Swatches({ option }: { option: ProductOption }) {
  const colours = option.values.flatMap((value) => option.swatches?.[value] ?? [])
  if (colours.length < 2) return null
  return (
    <span className="swatches">
      {colours.slice(0, MOST_SWATCHES).map((colour) => (
        <svg key={colour} viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="7" fill={colour} />
        </svg>
      ))}{' '}
      <span>
        <span className="num">{option.values.length}</span> <span className="word">colours</span>
        <span className="sr">: {option.values.join(', ')}</span>
      </span>
    </span>
  )
}

function CardBadge({ available, now, was }: Card) {
  if (available === 0) return <Badge>Out of stock</Badge>
  if (!now || !was || was.amount <= now.amount) return null
  return <Badge tone="sale">{percentOff(now, was)} % off</Badge>
}

interface ProductCardProps {
  product: Card
  isFirst?: boolean
  level?: 2 | 3
}

/** A product in a list: one link stretched over picture and label. */
export function ProductCard({ product, isFirst = false, level = 3 }: ProductCardProps) {
  const isScarce = product.available > 0 && product.available <= FEW
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article className={product.available === 0 ? 'card card--out' : 'card'}>
      <div className="pane">
        <Picture picture={product.picture} sizes={SIZES} isFirst={isFirst} />
        <CardBadge {...product} />
      </div>
      <div className="card__label">
        <div className="card__row">
          <p className="brand">{product.brand}</p>
          <Rating {...product.rating} />
        </div>
        <Heading>
          <a className="card__link" href={`/products/${product.slug}`}>
            {product.title}
          </a>
        </Heading>
        <div className="card__row">
          <Price now={product.price.min} upTo={product.price.max} was={product.was} />
          {isScarce && <Stock available={product.available} />}
          {!isScarce && product.colours && <Swatches option={product.colours} />}
        </div>
      </div>
    </article>
  )
}

export function ProductGrid({ products, columns = 3 }: { products: Card[]; columns?: 3 | 4 }) {
  return (
    <div className={columns === 4 ? 'grid grid--4' : 'grid'}>
      {products.map((product, index) => (
        <ProductCard key={product.id} product={product} isFirst={columns === 3 && index < 3} />
      ))}
    </div>
  )
}

import type { ProductCard as Product, ProductOption } from '@vitrine/contracts/catalog'
import { percentOff } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { Price } from '#app/ui/price.tsx'
import { Rating } from '#app/ui/rating.tsx'
import { Stock } from '#app/ui/stock.tsx'

const FEW = 3
const MOST_SWATCHES = 4
const SIZES = '(width >= 72rem) 19rem, (width >= 40rem) 30vw, 46vw'

function cheapest(product: Product) {
  return product.variants.reduce(
    (best, variant) => (best === undefined || variant.price.amount < best.price.amount ? variant : best),
    product.variants[0],
  )
}

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

function CardBadge({ product }: { product: Product }) {
  if (product.available === 0) return <Badge>Out of stock</Badge>
  const variant = cheapest(product)
  if (!variant?.compareAtPrice || variant.compareAtPrice.amount <= variant.price.amount) return null
  return <Badge tone="sale">{percentOff(variant.price, variant.compareAtPrice)} % off</Badge>
}

interface ProductCardProps {
  product: Product
  isFirst?: boolean
  level?: 2 | 3
}

/** A product in a list: one link stretched over picture and label. */
export function ProductCard({ product, isFirst = false, level = 3 }: ProductCardProps) {
  const colours = product.options.find((option) => option.swatches !== undefined)
  const isScarce = product.available > 0 && product.available <= FEW
  const variant = cheapest(product)
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <article className={product.available === 0 ? 'card card--out' : 'card'}>
      <div className="pane">
        <Picture picture={product.pictures[0]} sizes={SIZES} isFirst={isFirst} />
        <CardBadge product={product} />
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
          <Price now={product.priceRange.min} upTo={product.priceRange.max} was={variant?.compareAtPrice} />
          {isScarce && <Stock available={product.available} />}
          {!isScarce && colours && <Swatches option={colours} />}
        </div>
      </div>
    </article>
  )
}

export function ProductGrid({ products, columns = 3 }: { products: Product[]; columns?: 3 | 4 }) {
  return (
    <div className={columns === 4 ? 'grid grid--4' : 'grid'}>
      {products.map((product, index) => (
        <ProductCard key={product.id} product={product} isFirst={columns === 3 && index < 3} />
      ))}
    </div>
  )
}

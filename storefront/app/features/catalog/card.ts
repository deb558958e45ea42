import type { Picture, Product, ProductList, ProductOption } from '@vitrine/contracts/catalog'
import type { Money } from '@vitrine/contracts/money'

/** What a card in a list shows of a product: a tenth of its bytes, and so of the work of handing it to the page. */
export interface Card {
  id: string
  slug: string
  title: string
  brand: string | null
  rating: Product['rating']
  available: number
  price: Product['priceRange']
  /** The earlier price of the cheapest variant, when that one is reduced. */
  was: Money | undefined
  /** What the cheapest variant costs now. */
  now: Money | undefined
  picture: Picture | undefined
  /** The option that is shown as dots of colour. */
  colours: ProductOption | undefined
}

/** A list of the catalog with cards for products. */
export type CardList = Omit<ProductList, 'items'> & { items: Card[] }

type Prices = Pick<Product['variants'][number], 'price' | 'compareAtPrice'>

const cheapest = (variants: Prices[]) =>
  variants.reduce(
    (best, variant) => (variant.price.amount < (best?.price.amount ?? Number.POSITIVE_INFINITY) ? variant : best),
    variants[0],
  )

/** What of a product a card is made of. */
export type CardSource = Pick<
  Product,
  'id' | 'slug' | 'title' | 'brand' | 'rating' | 'available' | 'priceRange' | 'pictures' | 'options'
> & { variants: Prices[] }

export function cardOf(product: CardSource): Card {
  const { id, slug, title, brand, rating, available, priceRange, pictures, options } = product
  const variant = cheapest(product.variants)
  return {
    id,
    slug,
    title,
    brand,
    rating,
    available,
    price: priceRange,
    was: variant?.compareAtPrice ?? undefined,
    now: variant?.price,
    picture: pictures[0],
    colours: options.find((option) => option.swatches !== undefined),
  }
}

import type { ProductOption } from '@vitrine/contracts/catalog'
import type { CategoryRecord } from '../category.repository.ts'
import { toPicture } from '../picture.rules.ts'
import type { NewProduct, VariantRecord } from '../product.repository.ts'
import { slugOf } from '../product.rules.ts'
import type { ReviewRecord } from '../review.repository.ts'
import type { Shot } from '../studio/studio.ts'
import type { DemoCategory, DemoProduct } from './demo.ts'
import { GROUNDS, PALETTE } from './palette.demo.ts'
import { ratingCountsOf, reviewsOf } from './review.demo.ts'

export interface Seed {
  categories: CategoryRecord[]
  products: NewProduct[]
  stock: { sku: string; onHand: number }[]
  reviews: ReviewRecord[]
  shots: { pictureId: string; shot: Shot }[]
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const DAY_MS = 86_400_000
const PICTURE_SIZE = { width: 720, height: 900 }
const PICTURE_WIDTHS = [240, 480, 720]
/** Above this many pictures of its own a product does without a close view. */
const ENOUGH_PICTURES = 2

const hash = (text: string): Uint8Array => new Bun.CryptoHasher('sha256').update(text).digest()

/** An id that follows from a name, so that seeding twice makes the same thing. */
export function seedId(prefix: string, name: string): string {
  return `${prefix}_${[...hash(`${prefix}:${name}`).slice(0, 22)].map((byte) => ALPHABET[byte % 58]).join('')}`
}

const numberOf = (text: string): number => new DataView(hash(text).buffer).getUint32(0)
const codeOf = (value: string) =>
  value
    .toUpperCase()
    .replace(/[^A-Z0-9.]+/g, '-')
    .replace(/^-|-$/g, '')
const eur = (euros: number) => ({ amount: Math.round(euros * 100), currency: 'EUR' as const })

/** Some are nearly gone and some are gone, as in any shop. */
function usualStock(sku: string): number {
  const number = numberOf(sku)
  if (number % 17 === 0) return 0
  if (number % 13 === 0) return 1 + (number % 3)
  return 6 + (number % 48)
}

function optionsOf({ colors = [], option }: DemoProduct): ProductOption[] {
  const swatches = Object.fromEntries(colors.map((color) => [color, PALETTE[color]?.hex ?? '#888888']))
  return [
    ...(colors.length ? [{ name: 'Color', values: colors, swatches }] : []),
    ...(option ? [{ name: option.name, values: option.values.map(([value]) => value) }] : []),
  ]
}

function shotOf({ picture, colors = [] }: DemoProduct, color: string | null, view: Shot['view'], number: number): Shot {
  const tone = color === null ? undefined : PALETTE[color]
  const ground =
    (colors.length > 0 ? tone?.ground : undefined) ?? picture.ground ?? GROUNDS[number % GROUNDS.length] ?? '#a9c8c0'
  const paint = tone && picture.part && picture.asIs !== color ? { part: picture.part, hex: tone.hex } : null
  return {
    emoji: picture.emoji,
    stand: picture.stand,
    ground,
    size: picture.size ?? 430,
    rotate: (picture.rotate ?? 0) + (view === 'close' ? -8 : 0),
    paint,
    view,
  }
}

const WHERE = { plinth: 'on a round plinth', floor: 'on the floor', wall: 'against a lit wall' }

function altOf({ picture }: DemoProduct, color: string | null, view: Shot['view']): string {
  const thing = color === null ? picture.noun : `${color.toLowerCase()} ${picture.noun}`
  if (view === 'close') return `Close view of the ${thing}`
  return `${thing.charAt(0).toUpperCase()}${thing.slice(1)} ${WHERE[picture.stand]}`
}

function picturesOf(product: DemoProduct, number: number) {
  const colors: (string | null)[] = product.colors?.length ? product.colors : [null]
  const views: { color: string | null; view: Shot['view'] }[] = colors.map((color) => ({
    color,
    view: 'front' as const,
  }))
  if (colors.length < ENOUGH_PICTURES || number % 4 === 0)
    views.splice(1, 0, { color: colors[0] ?? null, view: 'close' })
  return views.map(({ color, view }) => ({
    id: seedId('pic', `${product.code}:${color}:${view}`),
    color,
    alt: altOf(product, color, view),
    shot: shotOf(product, color, view, number),
  }))
}

function variantsOf(product: DemoProduct, pictureIdsOf: (color: string | null) => string[]): VariantRecord[] {
  const colors: (string | null)[] = product.colors?.length ? product.colors : [null]
  const values: ([string, number] | null)[] = product.option?.values ?? [null]
  return colors.flatMap((color) =>
    values.map((value) => ({
      sku: [product.code, ...(color ? [codeOf(color)] : []), ...(value ? [codeOf(value[0])] : [])].join('-'),
      options: {
        ...(color ? { Color: color } : {}),
        ...(value && product.option ? { [product.option.name]: value[0] } : {}),
      },
      price: eur(product.price + (value?.[1] ?? 0)),
      ...(product.was ? { compareAtPrice: eur(product.was + (value?.[1] ?? 0)) } : {}),
      pictureIds: pictureIdsOf(color),
    })),
  )
}

function addProduct(seed: Seed, product: DemoProduct, number: number, now: Date): void {
  const id = seedId('prd', product.code)
  const createdAt = new Date(now.getTime() - product.age * DAY_MS - (number % 24) * 3_600_000)
  const pictures = picturesOf(product, number)
  const variants = variantsOf(product, (color) =>
    pictures.filter((picture) => picture.color === color).map((picture) => picture.id),
  )
  const [average, count] = product.rating
  seed.shots.push(...pictures.map(({ id: pictureId, shot }) => ({ pictureId, shot })))
  seed.stock.push(...variants.map(({ sku }, index) => ({ sku, onHand: product.stock?.[index] ?? usualStock(sku) })))
  seed.products.push({
    id,
    slug: slugOf(product.title),
    oldSlugs: [],
    title: product.title,
    description: product.about,
    brand: product.brand,
    category: product.shelf,
    status: 'active',
    options: optionsOf(product),
    variants,
    pictures: pictures.map((picture) => toPicture(picture.id, picture.alt, PICTURE_SIZE, PICTURE_WIDTHS)),
    ratingCounts: ratingCountsOf(average, count),
    popularity: count,
    version: 1,
    createdBy: 'seed',
    createdAt,
    updatedAt: createdAt,
  })
  const written = reviewsOf(product.code, number).map(({ author, ...review }, index) => ({
    id: seedId('rev', `${product.code}:${index}`),
    productId: id,
    userId: `demo_reviewer_${index}`,
    author,
    isVerified: index % 3 !== 2,
    // Some wait, so that moderators of the demo find work.
    status: index === 2 && number % 12 === 0 ? ('pending' as const) : ('published' as const),
    moderatedBy: null,
    ...review,
    createdAt: new Date(now.getTime() - (index * 9 + (number % 7) + 1) * DAY_MS),
  }))
  seed.reviews.push(...written)
}

/** Everything the demo shop starts with. The same `now` gives the same shop. */
export function seedOf(rooms: DemoCategory[], now: Date): Seed {
  const seed: Seed = { categories: [], products: [], stock: [], reviews: [], shots: [] }
  for (const [position, { slug, title, description, shelves, products }] of rooms.entries()) {
    seed.categories.push({ id: seedId('cat', slug), slug, title, description, parent: null, position })
    for (const [place, shelf] of shelves.entries())
      seed.categories.push({ id: seedId('cat', shelf.slug), ...shelf, description: '', parent: slug, position: place })
    for (const product of products) addProduct(seed, product, seed.products.length, now)
  }
  return seed
}

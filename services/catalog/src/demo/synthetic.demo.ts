import type { NewProduct } from '../product.repository.ts'
import { PALETTE } from './palette.demo.ts'
import { ratingCountsOf } from './review.demo.ts'
import { type Seed, seedId } from './seed.rules.ts'

const THINGS = [
  'lamp',
  'table',
  'kettle',
  'jacket',
  'speaker',
  'rucksack',
  'vase',
  'blanket',
  'bottle',
  'stool',
  'clock',
  'notebook',
  'hammock',
  'pan',
  'boot',
  'scarf',
]
const QUALITIES = [
  'quiet',
  'folding',
  'woven',
  'brushed',
  'tall',
  'small',
  'northern',
  'everyday',
  'round',
  'heavy',
  'light',
  'painted',
  'plain',
  'striped',
  'deep',
  'narrow',
]
const BRANDS = ['Halden', 'Ostra', 'Canteen', 'Tramway', 'Velo Sud', 'Orrin', 'Nordlys', 'Nursery Row']
const SHELVES = 24
const COLORS = Object.keys(PALETTE)
const SIZES = ['S', 'M', 'L']

/** Numbers that look random and are always the same. */
function sequence(start: number): (below: number) => number {
  let state = start >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pick = <T>(values: T[], index: number): T => {
  const value = values[index % values.length]
  if (value === undefined) throw new Error('There is nothing to pick from.')
  return value
}

function product(number: number, next: (below: number) => number, now: Date): NewProduct {
  const colors = [0, 1].map((step) => pick(COLORS, number + step * 5 + next(3)))
  const distinct = [...new Set(colors)]
  const amount = 500 + next(40_000)
  const variants = distinct.flatMap((color) =>
    SIZES.map((size) => ({
      sku: `S${number}-${color.toUpperCase()}-${size}`,
      options: { Color: color, Size: size },
      price: { amount, currency: 'EUR' as const },
      pictureIds: [],
    })),
  )
  const title = `${pick(QUALITIES, next(16))} ${pick(QUALITIES, next(16))} ${pick(THINGS, number)} ${number}`
  const at = new Date(now.getTime() - next(900) * 86_400_000)
  return {
    id: seedId('prd', `synthetic:${number}`),
    slug: `synthetic-${number}`,
    oldSlugs: [],
    title,
    description: `A ${title} for measurements.`,
    brand: pick(BRANDS, next(8)),
    category: `shelf-${number % SHELVES}`,
    status: 'active',
    options: [
      { name: 'Color', values: distinct },
      { name: 'Size', values: SIZES },
    ],
    variants,
    pictures: [],
    ratingCounts: ratingCountsOf(3 + next(20) / 10, next(300)),
    popularity: next(1000),
    version: 1,
    createdBy: 'seed',
    createdAt: at,
    updatedAt: at,
  }
}

/** A catalog of any size without pictures, in batches so that it fits into memory. */
export function* syntheticBatches(count: number, now: Date, size = 1000): Iterable<Seed> {
  const next = sequence(7)
  for (let start = 0; start < count; start += size) {
    const products = Array.from({ length: Math.min(size, count - start) }, (_, index) =>
      product(start + index, next, now),
    )
    const shelves = start > 0 ? [] : Array.from({ length: SHELVES }, (_, index) => `shelf-${index}`)
    yield {
      categories: shelves.map((slug, position) => ({
        id: seedId('cat', slug),
        slug,
        title: slug,
        description: '',
        parent: null,
        position,
      })),
      products,
      stock: products.flatMap((item) => item.variants.map(({ sku }) => ({ sku, onHand: next(60) }))),
      reviews: [],
      shots: [],
    }
  }
}

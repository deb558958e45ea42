import { z } from 'zod'
import { Slug } from './categories.ts'
import { page } from './envelope.ts'
import { Money } from './money.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

export const Sku = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'Use letters, digits, dots, hyphens and underscores.')
export type Sku = z.infer<typeof Sku>

export const ProductStatus = z.enum(['draft', 'active', 'archived'])
export type ProductStatus = z.infer<typeof ProductStatus>

/** One picture in several widths. Every `url` is public and never changes what it shows. */
export const Picture = z.object({
  id: z.string(),
  alt: z.string(),
  width: z.int(),
  height: z.int(),
  sources: z.array(z.object({ url: z.string(), width: z.int(), type: z.string() })),
})
export type Picture = z.infer<typeof Picture>

/** A dimension of the option matrix; `swatches` gives a colour (CSS hex) to values that have one. */
export const ProductOption = z.strictObject({
  name: text(40),
  values: z.array(text(60)).min(1).max(40),
  swatches: z.record(z.string(), z.string().regex(/^#[0-9a-f]{6}$/i)).optional(),
})
export type ProductOption = z.infer<typeof ProductOption>

export const Variant = z.object({
  sku: z.string(),
  options: z.record(z.string(), z.string()),
  price: Money,
  compareAtPrice: Money.optional(),
  available: z.int().nonnegative(),
  pictureIds: z.array(z.string()),
})
export type Variant = z.infer<typeof Variant>

export const CategoryLink = z.object({ slug: z.string(), title: z.string() })
export type CategoryLink = z.infer<typeof CategoryLink>

/** A product as shoppers and editors see it. `categoryPath` runs from the root category to `category`. */
export const Product = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  brand: z.string().nullable(),
  category: z.string(),
  categoryPath: z.array(CategoryLink),
  status: ProductStatus,
  options: z.array(ProductOption),
  variants: z.array(Variant),
  priceRange: z.object({ min: Money, max: Money }),
  available: z.int().nonnegative(),
  pictures: z.array(Picture),
  rating: z.object({ average: z.number(), count: z.int() }),
  version: z.int(),
  /** The id of the person who made it; told to editors only. */
  createdBy: z.string().nullable().optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type Product = z.infer<typeof Product>

/** A product in a list: the same shape, so that one card component serves every page. */
export const ProductCard = Product
export type ProductCard = Product

/**
 * Counts are OR within a facet and AND across facets. `param` is the query key that selects `value`; `label` is what to show.
 * Category, Availability (`inStock`), Sale (`onSale`), Rating (`rating.min`), Brand and every option are facets.
 */
export const Facet = z.object({
  name: z.string(),
  param: z.string(),
  values: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      count: z.int(),
      selected: z.boolean(),
      swatch: z.string().optional(),
    }),
  ),
})
export type Facet = z.infer<typeof Facet>

/** GET /products. `category` is set when one was asked for; `missing` lists unknown `ids` or `skus`. */
export const ProductList = page(ProductCard).extend({
  total: z.int().nonnegative(),
  facets: z.array(Facet),
  priceBounds: z.object({ min: z.int(), max: z.int() }).nullable(),
  category: z
    .object({
      slug: z.string(),
      title: z.string(),
      description: z.string(),
      path: z.array(CategoryLink),
      children: z.array(CategoryLink),
    })
    .nullable(),
  missing: z.array(z.string()).optional(),
  /** Of a search: whether what was found has all its words, or only some because nothing has all. */
  matches: z.enum(['all', 'some']).optional(),
})
export type ProductList = z.infer<typeof ProductList>

export const PRODUCT_SORTS = ['relevance', 'price', '-price', 'newest', 'rating', 'popular'] as const
export const ProductSort = z.enum(PRODUCT_SORTS)
export type ProductSort = z.infer<typeof ProductSort>

const oneOrMore = z.union([z.string(), z.array(z.string())])

/** The query of GET /products; keys `option.<name>` and `brand` may repeat (`option.color=red&option.color=blue`). */
export const ProductListQuery = z
  .object({
    q: z.string().trim().max(120).optional(),
    category: oneOrMore.optional(),
    brand: oneOrMore.optional(),
    'price.min': z.coerce.number().int().min(0).optional(),
    'price.max': z.coerce.number().int().min(0).optional(),
    inStock: z.enum(['true', 'false']).optional(),
    onSale: z.enum(['true', 'false']).optional(),
    'rating.min': z.coerce.number().min(0).max(5).optional(),
    sort: ProductSort.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(24),
    page: z.coerce.number().int().min(1).max(10_000).optional(),
    cursor: z.string().max(400).optional(),
    // A hundred of each; the whole address has to fit the 16 KiB a server reads.
    ids: z.string().max(4_000).optional(),
    skus: z.string().max(6_500).optional(),
    status: z.enum(['draft', 'active', 'archived', 'all']).optional(),
  })
  .catchall(z.unknown())
export type ProductListQuery = z.infer<typeof ProductListQuery>

export const Suggestion = z.object({
  kind: z.enum(['product', 'category', 'brand']),
  title: z.string(),
  url: z.string(),
  picture: z.string().nullable(),
  price: Money.nullable(),
})
export type Suggestion = z.infer<typeof Suggestion>

export const Suggestions = z.object({ items: z.array(Suggestion) })
export type Suggestions = z.infer<typeof Suggestions>

export const RelatedProducts = z.object({ items: z.array(ProductCard) })
export type RelatedProducts = z.infer<typeof RelatedProducts>

export const VariantInput = z.strictObject({
  sku: Sku,
  options: z.record(z.string(), z.string()).default({}),
  price: Money,
  compareAtPrice: Money.optional(),
  onHand: z.int().nonnegative().max(1_000_000).default(0),
  pictureIds: z.array(z.string()).max(20).optional(),
})
export type VariantInput = z.infer<typeof VariantInput>

/** PATCH /products/:id/variants/:sku. A SKU that an order has had keeps its name (409). */
export const VariantPatch = z.strictObject({
  sku: Sku.optional(),
  options: z.record(z.string(), z.string()).optional(),
  price: Money.optional(),
  compareAtPrice: Money.nullable().optional(),
  pictureIds: z.array(z.string()).max(20).optional(),
  version: z.int().optional(),
})
export type VariantPatch = z.infer<typeof VariantPatch>

export const ProductInput = z.strictObject({
  title: text(160),
  slug: Slug.optional(),
  description: z.string().trim().max(10_000).default(''),
  brand: z.string().trim().max(80).optional(),
  category: Slug,
  status: ProductStatus.default('draft'),
  options: z.array(ProductOption).max(4).default([]),
  variants: z.array(VariantInput).min(1).max(200),
})
export type ProductInput = z.infer<typeof ProductInput>

/** PATCH /products/:id. `version` (or the If-Match header) is required; a stale one is 409 `version_conflict`. */
export const ProductPatch = z.strictObject({
  title: text(160).optional(),
  slug: Slug.optional(),
  description: z.string().trim().max(10_000).optional(),
  brand: z.string().trim().max(80).nullable().optional(),
  category: Slug.optional(),
  status: ProductStatus.optional(),
  options: z.array(ProductOption).max(4).optional(),
  version: z.int().optional(),
})
export type ProductPatch = z.infer<typeof ProductPatch>

/** PATCH /products/:id/pictures/:pictureId. */
export const PicturePatch = z.strictObject({
  alt: z.string().trim().max(300).optional(),
  position: z.int().min(0).max(50).optional(),
})
export type PicturePatch = z.infer<typeof PicturePatch>

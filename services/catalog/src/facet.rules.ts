import type { Facet } from '@vitrine/contracts/catalog'
import type { ListContext, ListedProduct } from './listed.product.ts'

interface Entry {
  value: string
  label: string
  swatch?: string
  count: number
  lastCounted: ListedProduct | null
}

interface Group {
  name: string
  param: string
  entries: Map<string, Entry>
}

type Variant = ListedProduct['variants'][number]

const RATING_STEPS = [4.5, 4]
const optionOf = (param: string) => param.slice('option.'.length)

function entryOf(group: Group, value: string, label: string, swatch?: string): Entry {
  const key = value.toLowerCase()
  const known = group.entries.get(key)
  if (known) return known
  const entry: Entry = { value, label, count: 0, lastCounted: null, ...(swatch ? { swatch } : {}) }
  group.entries.set(key, entry)
  return entry
}

function groupOf(groups: Map<string, Group>, param: string, name: string): Group {
  const known = groups.get(param)
  if (known) return known
  const group = { name, param, entries: new Map<string, Entry>() }
  groups.set(param, group)
  return group
}

function startGroups(): Map<string, Group> {
  const groups = new Map<string, Group>()
  groupOf(groups, 'category', 'Category')
  entryOf(groupOf(groups, 'inStock', 'Availability'), 'true', 'In stock')
  entryOf(groupOf(groups, 'onSale', 'Sale'), 'true', 'On sale')
  for (const step of RATING_STEPS) entryOf(groupOf(groups, 'rating.min', 'Rating'), String(step), `${step} and up`)
  groupOf(groups, 'brand', 'Brand')
  return groups
}

function keysOf(context: ListContext, product: ListedProduct, variant: Variant, param: string): string[] {
  switch (param) {
    case 'category':
      return context.ancestorsOf(product.record.category)
    case 'brand':
      return product.record.brand ? [product.record.brand.toLowerCase()] : []
    case 'inStock':
      return context.availableOf(variant.sku) > 0 ? ['true'] : []
    case 'onSale':
      return variant.isOnSale ? ['true'] : []
    case 'rating.min':
      return RATING_STEPS.filter((step) => product.rating >= step).map(String)
    default: {
      const value = variant.values.get(optionOf(param))
      return value === undefined ? [] : [value]
    }
  }
}

function isSelected({ filters }: ListContext, param: string, value: string): boolean {
  switch (param) {
    case 'category':
      return filters.categories.includes(value)
    case 'brand':
      return filters.brands.includes(value.toLowerCase())
    case 'inStock':
      return filters.isInStock
    case 'onSale':
      return filters.isOnSale
    case 'rating.min':
      return filters.ratingMin === Number(value)
    default:
      return filters.options.get(optionOf(param))?.has(value.toLowerCase()) ?? false
  }
}

/** Numbers by size, brands by name, everything else as the products list it. */
function inOrder({ param, entries }: Group): Entry[] {
  const values = [...entries.values()]
  if (param === 'brand') return values.sort((a, b) => a.label.localeCompare(b.label))
  const numberOf = ({ value }: Entry) => Number.parseFloat(value)
  const isNumeric = param.startsWith('option.') && values.every((entry) => Number.isFinite(numberOf(entry)))
  return isNumeric ? values.sort((a, b) => numberOf(a) - numberOf(b)) : values
}

const toFacet = (group: Group, context: ListContext): Facet => ({
  name: group.name,
  param: group.param,
  values: inOrder(group).map(({ value, label, count, swatch }) => ({
    value,
    label,
    count,
    selected: isSelected(context, group.param, value),
    ...(swatch ? { swatch } : {}),
  })),
})

/** Counts products per facet value; each product once per value, however many of its variants have it. */
export function createFacetCounter(context: ListContext) {
  const groups = startGroups()
  return {
    /** Lists the product's values, so that one without a match shows as zero. */
    open({ record }: ListedProduct): void {
      if (record.brand) entryOf(groupOf(groups, 'brand', 'Brand'), record.brand, record.brand)
      for (const slug of context.ancestorsOf(record.category))
        entryOf(groupOf(groups, 'category', 'Category'), slug, slug)
      for (const option of record.options) {
        const group = groupOf(groups, `option.${option.name.toLowerCase()}`, option.name)
        for (const value of option.values) entryOf(group, value, value, option.swatches?.[value])
      }
    },
    /** Counts a variant in every facet, or in the one whose filter alone it fails. */
    count(product: ListedProduct, variant: Variant, only: string | null): void {
      for (const group of groups.values()) {
        if (only !== null && only !== group.param) continue
        for (const key of keysOf(context, product, variant, group.param)) {
          const entry = group.entries.get(key)
          if (!entry || entry.lastCounted === product) continue
          entry.lastCounted = product
          entry.count++
        }
      }
    },
    facets: (): Facet[] =>
      [...groups.values()].filter((group) => group.entries.size > 0).map((group) => toFacet(group, context)),
  }
}

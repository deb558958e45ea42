import type { ProductOption, VariantInput } from '@vitrine/contracts/catalog'
import type { ProductRecord, VariantRecord } from './product.repository.ts'

type Fields = Record<string, string[]>

/** An address made of a title: `Pomona teapot, 1.1 litres` → `pomona-teapot-1-1-litres`. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '')
  return slug || 'product'
}

const combinationOf = (options: ProductOption[], variant: Pick<VariantRecord, 'options'>) =>
  options.map((option) => variant.options[option.name]).join('\u0000')

function checkVariantOptions(options: ProductOption[], variant: Pick<VariantRecord, 'options' | 'sku'>): string[] {
  const known = new Set(options.map((option) => option.name))
  const unknown = Object.keys(variant.options).filter((name) => !known.has(name))
  const wrong = options.filter((option) => !option.values.includes(variant.options[option.name] ?? ''))
  return [
    ...unknown.map((name) => `Variant ${variant.sku} has an option "${name}" that the product does not have.`),
    ...wrong.map((option) => `Variant ${variant.sku} needs one of the values of "${option.name}".`),
  ]
}

const hasRepeats = (values: string[]) => new Set(values).size !== values.length

/** What is wrong with a product's options and variants as a whole; empty when they fit. */
export function checkMatrix(
  options: ProductOption[],
  variants: Pick<VariantRecord, 'sku' | 'options' | 'price' | 'compareAtPrice'>[],
): Fields {
  const optionIssues = [
    ...(hasRepeats(options.map((option) => option.name.toLowerCase())) ? ['Each option needs its own name.'] : []),
    ...options
      .filter((option) => hasRepeats(option.values.map((value) => value.toLowerCase())))
      .map((option) => `"${option.name}" lists a value twice.`),
  ]
  const currencies = new Set(
    variants.flatMap((variant) => [variant.price.currency, variant.compareAtPrice?.currency ?? variant.price.currency]),
  )
  const variantIssues = [
    ...(variants.length === 0 ? ['A product needs at least one variant.'] : []),
    ...(hasRepeats(variants.map((variant) => variant.sku)) ? ['Each variant needs its own SKU.'] : []),
    ...variants.flatMap((variant) => checkVariantOptions(options, variant)),
    ...(hasRepeats(variants.map((variant) => combinationOf(options, variant)))
      ? ['Two variants have the same options.']
      : []),
    ...(currencies.size > 1 ? ['All prices of a product need the same currency.'] : []),
  ]
  return {
    ...(optionIssues.length ? { options: optionIssues } : {}),
    ...(variantIssues.length ? { variants: variantIssues } : {}),
  }
}

export const toVariantRecord = ({ onHand: _counted, pictureIds = [], ...variant }: VariantInput): VariantRecord => ({
  ...variant,
  pictureIds,
})

/** Reads `version` or an If-Match header (`3`, `"3"`, `W/"3"`); null when neither names one. */
export function expectedVersion(version: number | undefined, ifMatch: string | null | undefined): number | null {
  if (version !== undefined) return version
  const named = /^(?:W\/)?"?(\d+)"?$/.exec(ifMatch?.trim() ?? '')?.[1]
  return named === undefined ? null : Number(named)
}

export function ratingOf(counts: number[]): { average: number; count: number } {
  const count = counts.reduce((sum, value) => sum + value, 0)
  const stars = counts.reduce((sum, value, index) => sum + value * (index + 1), 0)
  return { average: count === 0 ? 0 : Math.round((stars / count) * 10) / 10, count }
}

/** The product after its address changed: the old one keeps leading to it. */
export const withSlug = <P extends Pick<ProductRecord, 'slug' | 'oldSlugs'>>(product: P, slug: string): P =>
  slug === product.slug
    ? product
    : { ...product, slug, oldSlugs: [...new Set([...product.oldSlugs, product.slug])].filter((old) => old !== slug) }

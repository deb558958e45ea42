import type { Product, VariantInput } from '@vitrine/contracts/catalog'
import type { Currency } from '@vitrine/contracts/money'
import {
  type Combination,
  combinationKey,
  combinationsOf,
  MAX_OPTIONS,
  type OptionText,
  parseOptions,
  printValues,
  suggestSkus,
} from '#app/features/admin-products/matrix.ts'
import { amountText, parseAmount } from '#app/format.ts'

type Values = Record<string, string>
type Errors = Record<string, string[]>

export const CURRENCY: Currency = 'EUR'

/** A line of the variants grid as it stands in the form. */
export interface VariantRow {
  options: Combination
  sku: string
  price: string
  was: string
  onHand: string
}

/** The option lines of a form; empty ones follow, so that there is room for more. */
export const optionLines = (values: Values): OptionText[] =>
  Array.from({ length: MAX_OPTIONS }, (_, index) => ({
    name: values[`option.${index}.name`] ?? '',
    values: values[`option.${index}.values`] ?? '',
  }))

/**
 * The grid for the options as they stand now. What was typed for a combination stays with it;
 * `has` leaves out combinations that exist already.
 */
export function variantRows(values: Values, has: (key: string) => boolean = () => false): VariantRow[] {
  const combinations = combinationsOf(parseOptions(optionLines(values))).filter(
    (combination) => !has(combinationKey(combination)),
  )
  const skus = suggestSkus(values.title ?? '', combinations)
  return combinations.map((options, index) => {
    const typed = (name: string) => values[`${name}.${combinationKey(options)}`]
    return {
      options,
      sku: typed('sku') ?? skus[index] ?? '',
      price: typed('price') ?? values.price ?? '',
      was: typed('was') ?? '',
      onHand: typed('onHand') ?? '0',
    }
  })
}

/** The grid as the catalog wants it, or what does not fit, by field. */
export function parseRows(rows: readonly VariantRow[]): { variants: VariantInput[]; errors: Errors } {
  const errors: Errors = {}
  const seen = new Set<string>()
  const variants = rows.map(({ options, sku, price, was, onHand }) => {
    const key = combinationKey(options)
    const amount = parseAmount(price, CURRENCY)
    const before = was === '' ? undefined : parseAmount(was, CURRENCY)
    if (amount === null) errors[`price.${key}`] = ['Give a price, such as 12.50.']
    if (before === null) errors[`was.${key}`] = ['Give a price, such as 12.50, or nothing.']
    if (!/^\d+$/.test(onHand)) errors[`onHand.${key}`] = ['Give a whole number.']
    if (seen.has(sku)) errors[`sku.${key}`] = [`${sku} is used twice. Each variant needs its own SKU.`]
    seen.add(sku)
    return {
      sku,
      options,
      price: { amount: amount ?? 0, currency: CURRENCY },
      ...(before == null ? {} : { compareAtPrice: { amount: before, currency: CURRENCY } }),
      onHand: Number(onHand),
    }
  })
  return { variants, errors }
}

const DETAILS = ['title', 'description', 'brand', 'category', 'status', 'slug'] as const

/** The details that the form changes, for saying what was saved. An empty address is made from the title. */
export const changedDetails = (product: Product, values: Values): string[] =>
  DETAILS.filter((name) => (product[name] ?? '') !== (values[name] ?? '') && (name !== 'slug' || values.slug))

/** For the list after a product was archived: what to say, and how to undo it. */
export const archivedNews = ({ id, version, status }: Product): URLSearchParams =>
  new URLSearchParams({ done: 'archived', undo: `${id}:${version + 1}`, back: status })

/** The details as the catalog wants them. */
export const detailsOf = (values: Values) => ({
  title: values.title ?? '',
  description: values.description ?? '',
  category: values.category ?? '',
  status: values.status ?? 'draft',
})

/** A product as the values of its form. */
export function valuesOf(product: Product): Values {
  const { title, description, brand, category, status, slug, options } = product
  const lines = options.flatMap(({ name, values }, index) => [
    [`option.${index}.name`, name],
    [`option.${index}.values`, printValues(values)],
  ])
  return { title, description, category, status, slug, ...(brand ? { brand } : {}), ...Object.fromEntries(lines) }
}

/** The options of a form; colours that values had already stay theirs. */
export const optionsOf = (values: Values, product: Product) =>
  parseOptions(optionLines(values)).map((option) => {
    const swatches = product.options.find(({ name }) => name === option.name)?.swatches
    return swatches ? { ...option, swatches } : option
  })

/** Combinations of the options that no variant stands for yet. None for a product without options: its one variant is there. */
export function missingRows(product: Product, values: Values): VariantRow[] {
  const existing = new Set(product.variants.map(({ options }) => combinationKey(options)))
  return variantRows({ ...valuesOf(product), ...values }, (key) => existing.has(key))
}

/** What changed in the prices of the grid: only that is sent. */
export function changedPrices(product: Product, values: Values) {
  const errors: Errors = {}
  const changes = product.variants.flatMap(({ sku, price, compareAtPrice }) => {
    const amount = parseAmount(values[`price.${sku}`] ?? '', price.currency)
    const wasText = values[`was.${sku}`] ?? ''
    const before = wasText === '' ? null : parseAmount(wasText, price.currency)
    if (amount === null) errors[`price.${sku}`] = ['Give a price, such as 12.50.']
    if (wasText !== '' && before === null) errors[`was.${sku}`] = ['Give a price, such as 12.50, or nothing.']
    if (amount === null || (amount === price.amount && before === (compareAtPrice?.amount ?? null))) return []
    const { currency } = price
    return [{ sku, price: { amount, currency }, compareAtPrice: before === null ? null : { amount: before, currency } }]
  })
  return { changes, errors }
}

/** Stock to add or take by SKU; empty fields and zeros say nothing. */
export function stockDeltas(product: Product, values: Values) {
  const errors: Errors = {}
  const deltas = product.variants.flatMap(({ sku }) => {
    const text = (values[`delta.${sku}`] ?? '').trim()
    if (text === '' || text === '0') return []
    if (/^[+-]?\d{1,6}$/.test(text)) return [{ sku, quantity: Number(text) }]
    errors[`delta.${sku}`] = ['Give a whole number, such as 5 or -2.']
    return []
  })
  return { deltas, errors }
}

/** The text fields of a form as they stand in the browser, without empty ones: what the server will see. */
export function typedValues(form: HTMLFormElement): Values {
  const values: Values = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') values[name] = value
  return values
}

/** A new product like this one: its options and prices, a draft without stock, pictures or an address of its own. */
export function copyOf(product: Product): Values {
  const { slug: _slug, ...values } = valuesOf(product)
  const prices = product.variants.flatMap(({ sku, options, price, compareAtPrice }) => {
    const key = combinationKey(options)
    const was = compareAtPrice ? [[`was.${key}`, amountText(compareAtPrice.amount, compareAtPrice.currency)]] : []
    return [[`sku.${key}`, `${sku}-2`], [`price.${key}`, amountText(price.amount, price.currency)], ...was]
  })
  return { ...values, ...Object.fromEntries(prices), title: `${product.title}, copy`, status: 'draft' }
}

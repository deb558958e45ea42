import type { Product, Variant } from '@vitrine/contracts/catalog'

export type Selection = Record<string, string>

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** What the address selects, by the product's own spelling: `?color=red` chooses Color: Red. */
export function selectionFrom(product: Product, search: URLSearchParams): Selection {
  const selection: Selection = {}
  for (const option of product.options) {
    const asked = [...search].find(([name]) => same(name, option.name))?.[1]
    const value = option.values.find((one) => asked !== undefined && same(one, asked))
    if (value !== undefined) selection[option.name] = value
  }
  return selection
}

const matches = (variant: Variant, selection: Selection) =>
  Object.entries(selection).every(([name, value]) => variant.options[name] === value)

/** How many of the selected values a variant has. */
const agreement = (variant: Variant, selection: Selection) =>
  Object.entries(selection).filter(([name, value]) => variant.options[name] === value).length

/** The variant that the selection means; with an open choice, the first that can be bought. */
export function findVariant(product: Product, selection: Selection): Variant | undefined {
  const fitting = product.variants.filter((variant) => matches(variant, selection))
  return fitting.find((variant) => variant.available > 0) ?? fitting[0]
}

export interface OptionChoice {
  value: string
  /** The query that selects it, keeping as much of the present selection as exists. */
  query: string
  isChosen: boolean
  isAvailable: boolean
  /** False when nobody makes this combination. */
  isMade: boolean
  variant: Variant | undefined
}

/** Every value of one option: where it leads and whether it can be had with the rest of the selection. */
export function choicesFor(product: Product, name: string, current: Selection): OptionChoice[] {
  const values = product.options.find((option) => option.name === name)?.values ?? []
  return values.map((value) => {
    const wanted = { ...current, [name]: value }
    const exact = product.variants.find((variant) => matches(variant, wanted))
    const nearest = product.variants
      .filter((variant) => variant.options[name] === value)
      .toSorted((a, b) => agreement(b, wanted) - agreement(a, wanted) || b.available - a.available)[0]
    const target = exact ?? nearest
    return {
      value,
      query: new URLSearchParams(target?.options ?? wanted).toString(),
      isChosen: current[name] === value,
      isAvailable: exact !== undefined && exact.available > 0,
      isMade: exact !== undefined,
      variant: target,
    }
  })
}

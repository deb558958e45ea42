import type { ProductOption } from '@vitrine/contracts/catalog'

export type OptionText = { name: string; values: string }
export type Combination = Record<string, string>

export const MAX_OPTIONS = 4

/** Values as typed: "Red, Blue"; with a semicolon or a line break among them, commas belong to the values. */
export function parseValues(text: string): string[] {
  const parts = text.split(/[;\n]/.test(text) ? /[;\n]/ : ',').map((part) => part.trim())
  return [...new Set(parts.filter(Boolean))]
}

export const printValues = (values: readonly string[]): string =>
  values.some((value) => value.includes(','))
    ? `${values.join('; ')}${values.length === 1 ? ';' : ''}`
    : values.join(', ')

/** Options that have a name and values; half-filled lines are left out. */
export const parseOptions = (lines: readonly OptionText[]): ProductOption[] =>
  lines
    .map(({ name, values }) => ({ name: name.trim(), values: parseValues(values) }))
    .filter(({ name, values }) => name !== '' && values.length > 0)

/** Every combination of the options' values, the last option turning fastest. No options: one plain variant. */
export function combinationsOf(options: readonly ProductOption[]): Combination[] {
  return options.reduce<Combination[]>(
    (rows, option) => rows.flatMap((row) => option.values.map((value) => ({ ...row, [option.name]: value }))),
    [{}],
  )
}

/** Same options in any order make the same key. */
export const combinationKey = (combination: Combination): string =>
  Object.entries(combination)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([name, value]) => `${name}=${value}`)
    .join('|')

/** What a variant is called: "Red, M"; the only variant of a product has no options to name. */
export const combinationTitle = (combination: Combination): string =>
  Object.values(combination).join(', ') || 'The product itself'

const code = (text: string, length: number): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '')
    .toUpperCase()
    .slice(0, length)

/** A SKU to begin with: "Lyra headphones" in "Sand, Wireless" → LYRA-SAND-WIRELES. Made unique among the rows by a number. */
export function suggestSkus(title: string, combinations: readonly Combination[]): string[] {
  const base = code(title.trim().split(/\s+/)[0] ?? '', 10) || 'ITEM'
  const used = new Set<string>()
  return combinations.map((combination) => {
    const stem = [base, ...Object.values(combination).map((value) => code(value, 7))].filter(Boolean).join('-')
    let sku = stem
    for (let number = 2; used.has(sku); number++) sku = `${stem}-${number}`
    used.add(sku)
    return sku
  })
}

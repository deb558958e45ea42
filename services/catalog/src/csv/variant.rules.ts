import { isDeepStrictEqual } from 'node:util'
import { type ProductOption, Sku } from '@vitrine/contracts/catalog'
import type { CsvColumn, ImportError } from '@vitrine/contracts/imports'
import type { Stock } from '@vitrine/contracts/inventory'
import { Currency, Money } from '@vitrine/contracts/money'
import type { ProductRecord, VariantRecord } from '../product.repository.ts'
import { parsePrice } from './cell.rules.ts'
import type { CsvRow } from './row.rules.ts'

const PLACES = [1, 2, 3, 4] as const
const MOST_ON_HAND = 1_000_000

interface VariantPlan {
  record: VariantRecord
  isNew: boolean
  isChanged: boolean
  opened: { sku: string; onHand: number } | null
  moved: { sku: string; delta: number; onHand: number } | null
  errors: ImportError[]
}

const cell = (row: CsvRow, column: CsvColumn): string | undefined => row.cells[column]?.trim()

function optionsIn(row: CsvRow): { name: string; value: string; swatch: string }[] | null {
  if (PLACES.every((place) => row.cells[`option${place}Name`] === undefined)) return null
  return PLACES.map((place) => ({
    name: cell(row, `option${place}Name`) ?? '',
    value: cell(row, `option${place}Value`) ?? '',
    swatch: cell(row, `option${place}Swatch`) ?? '',
  })).filter(({ name, value }) => name !== '' || value !== '')
}

const isHex = (text: string) => /^#[0-9a-f]{6}$/i.test(text)

/** The product's options with what the rows add. What is there already keeps its place and its colours. */
export function withOptions(
  before: ProductOption[],
  rows: CsvRow[],
): { options: ProductOption[]; errors: ImportError[] } {
  const options = before.map((option) => ({ ...option, values: [...option.values] }))
  const errors: ImportError[] = []
  for (const row of rows)
    for (const { name, value, swatch } of optionsIn(row) ?? []) {
      const complain = (message: string) =>
        errors.push({ line: row.line, column: null, sku: cell(row, 'sku') || null, message })
      if (name === '' || value === '' || name.length > 40 || value.length > 60) {
        complain('An option needs a name of up to 40 and a value of up to 60 characters.')
        continue
      }
      if (swatch !== '' && !isHex(swatch)) complain('A swatch is a colour such as #aabbcc.')
      let option = options.find((candidate) => candidate.name === name)
      if (!option) {
        option = { name, values: [] }
        options.push(option)
      }
      if (!option.values.includes(value)) option.values.push(value)
      if (swatch !== '' && option.swatches?.[value] !== swatch)
        option.swatches = { ...option.swatches, [value]: swatch }
    }
  return { options, errors }
}

function priceIn(row: CsvRow, column: 'price' | 'compareAtPrice', currency: string): Money | null {
  const amount = parsePrice(cell(row, column) ?? '')
  const parsed = Money.safeParse({ amount, currency })
  return parsed.success ? parsed.data : null
}

interface Context {
  row: CsvRow
  current: VariantRecord | undefined
  complain: (column: CsvColumn, message: string) => void
}

function planPrices({ row, current, complain }: Context): Pick<VariantRecord, 'price' | 'compareAtPrice'> {
  const currency = cell(row, 'currency') || current?.price.currency || 'EUR'
  if (!Currency.safeParse(currency).success) complain('currency', 'Use EUR or USD.')
  const isPriceSaid = cell(row, 'price') !== undefined || !current
  const price = isPriceSaid ? priceIn(row, 'price', currency) : (current?.price ?? null)
  if (price === null) complain('price', 'Give a price such as 19.90.')
  const was = cell(row, 'compareAtPrice')
  const compareAt = was ? priceIn(row, 'compareAtPrice', currency) : null
  if (was && compareAt === null) complain('compareAtPrice', 'Give a price such as 19.90, or nothing.')
  const kept = was === undefined ? current?.compareAtPrice : (compareAt ?? undefined)
  const nothing: Money = { amount: 0, currency: 'EUR' }
  return { price: price ?? nothing, ...(kept ? { compareAtPrice: kept } : {}) }
}

function planStock({ row, current, complain }: Context, sku: string, stock: Map<string, Stock>) {
  const text = cell(row, 'onHand')
  const onHand = Number(text || 0)
  const isCount = !text || (/^\d{1,7}$/.test(text) && onHand <= MOST_ON_HAND)
  if (!isCount) complain('onHand', 'Give a whole number from 0 to 1,000,000, or nothing.')
  if (!current) return { opened: { sku, onHand: isCount ? onHand : 0 }, moved: null }
  const level = stock.get(sku)
  if (!text || !isCount || !level || level.onHand === onHand) return { opened: null, moved: null }
  if (onHand < level.reserved) complain('onHand', `${level.reserved} of these are reserved by orders right now.`)
  return { opened: null, moved: { sku, delta: onHand - level.onHand, onHand } }
}

/** What one row makes of its variant. Columns the file does not have leave their values as they are. */
export function planVariant(row: CsvRow, existing: ProductRecord | null, stock: Map<string, Stock>): VariantPlan {
  const sku = cell(row, 'sku') ?? ''
  const errors: ImportError[] = []
  const complain = (column: CsvColumn, message: string) =>
    errors.push({ line: row.line, column, sku: sku || null, message })
  const checked = Sku.safeParse(sku)
  if (!checked.success)
    complain('sku', sku === '' ? 'Every row needs a SKU.' : (checked.error.issues[0]?.message ?? 'Does not fit.'))
  const current = existing?.variants.find((variant) => variant.sku === sku)
  const context = { row, current, complain }
  const said = optionsIn(row)
  const options = said ? Object.fromEntries(said.map(({ name, value }) => [name, value])) : (current?.options ?? {})
  const record: VariantRecord = {
    sku,
    options,
    pictureIds: current?.pictureIds ?? [],
    ...planPrices(context),
  }
  const { opened, moved } = planStock(context, sku, stock)
  const isNew = current === undefined
  const isChanged = moved !== null || !isDeepStrictEqual({ ...current }, { ...record })
  return { record, isNew, isChanged, opened, moved, errors }
}

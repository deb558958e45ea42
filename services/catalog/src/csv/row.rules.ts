import type { CsvColumn } from '@vitrine/contracts/imports'
import type { Stock } from '@vitrine/contracts/inventory'
import type { ProductRecord } from '../product.repository.ts'
import { guardCell, printPrice } from './cell.rules.ts'

/** One row of the file. A column the file does not have is absent; an empty cell is an empty text. */
export interface CsvRow {
  line: number
  cells: Partial<Record<CsvColumn, string>>
}

type Cells = Record<string, string>

function optionCells({ options }: Pick<ProductRecord, 'options'>, values: Record<string, string>): Cells {
  const cells: Cells = {}
  for (const [index, { name, swatches }] of options.entries()) {
    const value = values[name] ?? ''
    cells[`option${index + 1}Name`] = name
    cells[`option${index + 1}Value`] = value
    cells[`option${index + 1}Swatch`] = swatches?.[value] ?? ''
  }
  return cells
}

/** A product as rows of the export, one a variant. */
export function toCsvRows(product: ProductRecord, stock: Map<string, Stock>): Cells[] {
  return product.variants.map(({ sku, options, price, compareAtPrice }) => {
    const cells = {
      product: product.slug,
      title: product.title,
      description: product.description,
      brand: product.brand ?? '',
      category: product.category,
      status: product.status,
      sku,
      ...optionCells(product, options),
      price: printPrice(price.amount),
      compareAtPrice: compareAtPrice ? printPrice(compareAtPrice.amount) : '',
      currency: price.currency,
      onHand: String(stock.get(sku)?.onHand ?? 0),
    }
    return Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, guardCell(text)]))
  })
}

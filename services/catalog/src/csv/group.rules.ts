import type { ImportError } from '@vitrine/contracts/imports'
import { slugOf } from '../product.rules.ts'
import { rowError } from './plan.rules.ts'
import type { KnownCatalog, RowGroup } from './plan.ts'
import type { CsvRow } from './row.rules.ts'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** Which product a row speaks of, as far as the file says: neighbours with the same answer belong together. */
export const nameIn = ({ cells }: CsvRow): string => cells.product?.trim() || cells.title?.trim() || ''

/** The address a row names, or the one its title would get; empty when it says neither. */
export const slugIn = ({ cells }: CsvRow): string => {
  const named = cells.product?.trim().toLowerCase()
  return named || (cells.title?.trim() ? slugOf(cells.title) : '')
}

/** Sorts rows to products: by SKU when it exists, else by address. */
export function groupRows(rows: CsvRow[], known: KnownCatalog): { groups: RowGroup[]; errors: ImportError[] } {
  const groups = new Map<string, RowGroup>()
  const errors: ImportError[] = []
  for (const row of rows) {
    const slug = slugIn(row)
    const named = row.cells.product?.trim().toLowerCase() ?? ''
    const owner = known.bySku.get(row.cells.sku?.trim() ?? '') ?? null
    if (owner && named !== '' && named !== owner.slug && !owner.oldSlugs.includes(named)) {
      errors.push(rowError(row, 'product', `This SKU belongs to ${owner.slug}. Addresses are changed on the product.`))
      continue
    }
    const existing = owner ?? known.bySlug.get(slug) ?? null
    if (!existing && (slug === '' || slug.length > 96 || !SLUG.test(slug))) {
      const message =
        slug === '' ? 'A new SKU needs its product, or a title.' : 'Use lower-case letters, digits and single hyphens.'
      errors.push(rowError(row, 'product', message))
      continue
    }
    const key = existing?.id ?? `new:${slug}`
    const group = groups.get(key) ?? { existing, slug: existing?.slug ?? slug, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  return { groups: [...groups.values()], errors }
}

import { isDeepStrictEqual } from 'node:util'
import { ProductInput } from '@vitrine/contracts/catalog'
import type { CsvColumn, ImportError } from '@vitrine/contracts/imports'
import { checkMatrix } from '../product.rules.ts'
import type { KnownCatalog, ProductDraft, ProductPlan, RowGroup } from './plan.ts'
import type { CsvRow } from './row.rules.ts'
import { planVariant, withOptions } from './variant.rules.ts'

const OWN_COLUMNS = ['title', 'description', 'brand', 'category', 'status'] as const
type OwnColumn = (typeof OWN_COLUMNS)[number]

export const rowError = (row: CsvRow, column: CsvColumn | null, message: string): ImportError => ({
  line: row.line,
  column,
  sku: row.cells.sku?.trim() || null,
  message,
})

/** What the rows say of the product itself: the first that says it counts, and no other may say it differently. */
function ownCells(rows: CsvRow[]): { cells: Partial<Record<OwnColumn, string>>; errors: ImportError[] } {
  const cells: Partial<Record<OwnColumn, string>> = {}
  const errors: ImportError[] = []
  const [first] = rows
  for (const column of OWN_COLUMNS) {
    const said = first?.cells[column]?.trim()
    if (said === undefined || !first) continue
    cells[column] = said
    for (const row of rows.slice(1)) {
      const again = row.cells[column]?.trim() ?? ''
      if (again !== '' && again !== said)
        errors.push(rowError(row, column, `Line ${first.line} says something else of the same product.`))
    }
  }
  return { cells, errors }
}

const shapes = ProductInput.shape

function firstIssue(schema: (typeof shapes)[OwnColumn], value: unknown): string | null {
  const parsed = schema.safeParse(value)
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Does not fit.')
}

function planOwn({ existing, slug, rows }: RowGroup, categories: Set<string>) {
  const { cells, errors } = ownCells(rows)
  const [first] = rows
  const draft = {
    slug: existing?.slug ?? slug,
    title: cells.title || existing?.title || '',
    description: cells.description ?? existing?.description ?? '',
    brand: cells.brand === undefined ? (existing?.brand ?? null) : cells.brand || null,
    category: cells.category || existing?.category || '',
    status: cells.status || existing?.status || 'draft',
  }
  const complain = (column: OwnColumn, message: string | null) => {
    if (message !== null && first) errors.push(rowError(first, column, message))
  }
  complain('title', draft.title === '' ? 'A new product needs a title.' : firstIssue(shapes.title, draft.title))
  complain('description', firstIssue(shapes.description, draft.description))
  complain('brand', firstIssue(shapes.brand, draft.brand ?? undefined))
  const isKnown = categories.has(draft.category)
  complain('category', isKnown ? null : 'There is no category with this slug. Make it first, or use another.')
  const status = shapes.status.safeParse(draft.status)
  complain('status', status.success ? null : 'Use draft, active or archived.')
  return { draft: { ...draft, status: status.success ? status.data : ('draft' as const) }, errors }
}

const sameDraft = (existing: ProductDraft, draft: ProductDraft): boolean =>
  (Object.keys(draft) as (keyof ProductDraft)[]).every((name) => isDeepStrictEqual(existing[name], draft[name]))

const refused = (group: RowGroup, errors: ImportError[]): ProductPlan => {
  const wrong = new Set(errors.map(({ line }) => line))
  const skipped = group.rows.filter(({ line }) => !wrong.has(line)).length
  const counts = { created: 0, updated: 0, unchanged: 0, skipped }
  return { existing: group.existing, draft: null, opened: [], moved: [], counts, errors }
}

/** Decides what the rows of one product change. A wrong row leaves the whole product as it is. */
export function planProduct(group: RowGroup, known: KnownCatalog): ProductPlan {
  const { existing, rows } = group
  const own = planOwn(group, known.categories)
  const { options, errors: optionErrors } = withOptions(existing?.options ?? [], rows)
  const variants = rows.map((row) => planVariant(row, existing, known.stock))
  const errors = [...own.errors, ...optionErrors, ...variants.flatMap((variant) => variant.errors)]
  if (errors.length > 0) return refused(group, errors)
  const planned = new Map(variants.map(({ record }) => [record.sku, record]))
  const kept = (existing?.variants ?? []).map((variant) => planned.get(variant.sku) ?? variant)
  const before = new Set(kept.map(({ sku }) => sku))
  const added = [...planned.values()].filter(({ sku }) => !before.has(sku))
  const draft: ProductDraft = { ...own.draft, options, variants: [...kept, ...added] }
  const misfits = Object.values(checkMatrix(draft.options, draft.variants)).flat()
  const [first] = rows
  if (draft.variants.length > 200) misfits.push('A product has 200 variants at most.')
  if (misfits.length > 0 && first)
    return refused(
      group,
      misfits.map((message) => rowError(rowNamedIn(message, rows) ?? first, null, message)),
    )
  const isSame = existing !== null && sameDraft(existing, draft)
  const isOwnChanged = existing !== null && !sameDraft({ ...existing, variants: draft.variants }, draft)
  const kinds = variants.map(({ isNew, isChanged }) =>
    isNew ? 'created' : isChanged || isOwnChanged ? 'updated' : 'unchanged',
  )
  const countOf = (kind: string) => kinds.filter((one) => one === kind).length
  return {
    existing,
    draft: isSame ? null : draft,
    opened: variants.flatMap(({ opened }) => opened ?? []),
    moved: variants.flatMap(({ moved }) => moved ?? []),
    counts: { created: countOf('created'), updated: countOf('updated'), unchanged: countOf('unchanged'), skipped: 0 },
    errors: [],
  }
}

const rowNamedIn = (message: string, rows: CsvRow[]) =>
  rows.find(({ cells }) => cells.sku && message.includes(`Variant ${cells.sku.trim()} `))

import { z } from 'zod'

const OPTION_COLUMNS = [1, 2, 3, 4].flatMap((place) => [
  `option${place}Name` as const,
  `option${place}Value` as const,
  `option${place}Swatch` as const,
])

/** The columns of the product CSV: one row a variant, the product's own columns repeated (or left empty) in its rows. */
export const CSV_COLUMNS = [
  'product',
  'title',
  'description',
  'brand',
  'category',
  'status',
  'sku',
  ...OPTION_COLUMNS,
  'price',
  'compareAtPrice',
  'currency',
  'onHand',
] as const
export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** `line` counts lines of the file from 1, the header included. */
export const ImportError = z.object({
  line: z.int(),
  column: z.string().nullable(),
  sku: z.string().nullable(),
  message: z.string(),
})
export type ImportError = z.infer<typeof ImportError>

export const ImportStatus = z.enum(['queued', 'running', 'done', 'failed'])
export type ImportStatus = z.infer<typeof ImportStatus>

/**
 * An import as it stands. `progress` is a percentage. Rows are created, updated, unchanged or wrong; a product with a
 * wrong row is left out as a whole (`skipped` counts its other rows). `errors` are the first 500 of `errorCount`.
 * `message` says why a `failed` one could not be read to its end; what was imported until then stays.
 */
export const ImportJob = z.object({
  id: z.string(),
  status: ImportStatus,
  dryRun: z.boolean(),
  fileName: z.string(),
  progress: z.int().min(0).max(100),
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  errorCount: z.int(),
  errors: z.array(ImportError),
  message: z.string().nullable(),
  /** Whether the file is still kept, so that a dry run can be followed by the import itself. */
  hasFile: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type ImportJob = z.infer<typeof ImportJob>

export const ImportJobList = z.object({ items: z.array(ImportJob) })
export type ImportJobList = z.infer<typeof ImportJobList>

/** The query of POST /import. */
export const ImportQuery = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  fileName: z.string().trim().max(120).optional(),
})
export type ImportQuery = z.infer<typeof ImportQuery>

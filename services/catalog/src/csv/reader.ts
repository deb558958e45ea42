import { Readable } from 'node:stream'
import { CSV_COLUMNS, type CsvColumn } from '@vitrine/contracts/imports'
import { invalidInput } from '@vitrine/kernel/errors'
import { CsvError, type Info, parse } from 'csv-parse'
import { unguardCell } from './cell.rules.ts'
import type { CsvRow } from './row.rules.ts'

/** A file that cannot be read to its end; the message names the line. */
export class UnreadableCsv extends Error {
  override name = 'UnreadableCsv'
}

const MOST_PER_ROW = 64 * 1024
const KNOWN = new Set<string>(CSV_COLUMNS)

const separatorOf = (header: string): string =>
  [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ','

/** The columns a file has. Refuses a file without `sku`, and columns nobody knows, so that a typing error shows. */
export function columnsOf(firstLine: string): { columns: CsvColumn[]; separator: string } {
  const header = firstLine.replace(/^\uFEFF/, '').trim()
  const separator = separatorOf(header)
  const names = header.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
  const unknown = names.filter((name) => !KNOWN.has(name))
  const issues = [
    ...(names.includes('sku') ? [] : ['The first line must name the columns, and one of them must be sku.']),
    ...(unknown.length ? [`Unknown columns. Known are: ${CSV_COLUMNS.join(', ')}.`] : []),
    ...(new Set(names).size < names.length ? ['A column is named twice.'] : []),
  ]
  if (issues.length > 0) throw invalidInput({ file: issues })
  // Every name was just found among the known ones.
  return { columns: names as CsvColumn[], separator }
}

const explain = (error: unknown): Error =>
  error instanceof CsvError
    ? new UnreadableCsv(
        `Line ${String(error.lines ?? '?')} is not valid CSV: a quote is open or the cells do not match.`,
      )
    : (error as Error)

/** Reads rows one after another; never holds more of the file than a piece. */
export async function* readRows(
  pieces: AsyncIterable<Uint8Array>,
  { columns, separator }: ReturnType<typeof columnsOf>,
): AsyncGenerator<CsvRow & { bytes: number }> {
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    skip_empty_lines: true,
    relax_column_count_less: true,
    max_record_size: MOST_PER_ROW,
    from: 2,
  })
  const source = Readable.from(pieces)
  source.on('error', (error) => parser.destroy(error))
  try {
    // With `info` the parser yields each record beside its counters, which its types leave out.
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<{ record: string[]; info: Info }>) {
      const cells: CsvRow['cells'] = {}
      let breaks = 0
      for (const [index, text] of record.entries()) {
        const column = columns[index]
        if (column) cells[column] = unguardCell(text)
        if (text.includes('\n')) breaks += text.split('\n').length - 1
      }
      yield { line: info.lines - breaks, cells, bytes: info.bytes }
    }
  } catch (error) {
    throw explain(error)
  }
}

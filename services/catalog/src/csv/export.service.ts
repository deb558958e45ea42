import { CSV_COLUMNS } from '@vitrine/contracts/imports'
import { stringify } from 'csv-stringify/sync'
import type { ProductRepository } from '../product.repository.ts'
import type { StockRepository } from '../stock.repository.ts'
import { toCsvRows } from './row.rules.ts'

const COLLECT_EVERY = 8
const columns = [...CSV_COLUMNS]

/** The whole catalog as CSV, in pieces: what is in memory is one batch of products. */
export function createExportService({ products, stock }: { products: ProductRepository; stock: StockRepository }) {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder()
    yield encoder.encode(stringify([columns]))
    let batches = 0
    for await (const batch of products.batches()) {
      // As in imports: garbage that is collected late would be most of the memory of the process.
      if (++batches % COLLECT_EVERY === 0) Bun.gc(true)
      const skus = batch.flatMap((product) => product.variants.map(({ sku }) => sku))
      const levels = await stock.findMany(skus)
      const rows = batch.flatMap((product) => toCsvRows(product, levels))
      yield encoder.encode(stringify(rows, { columns }))
    }
  }

  return {
    stream(): ReadableStream<Uint8Array> {
      const source = pieces()
      return new ReadableStream({
        async pull(controller) {
          const { done, value } = await source.next()
          if (done) controller.close()
          else controller.enqueue(value)
        },
        async cancel() {
          await source.return(undefined)
        },
      })
    },
  }
}

export type ExportService = ReturnType<typeof createExportService>

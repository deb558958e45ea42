import type { ProductRecord, VariantRecord } from './product.repository.ts'

/** What is equal in many products, each kept once for all of them: prices, combinations of options, their words. */
export interface Shared {
  texts: Map<string, string>
  parts: Map<string, object>
}

export const startSharing = (): Shared => ({ texts: new Map(), parts: new Map() })

const NO_PICTURES: string[] = []
/** What is not equal after all must not pile up. */
const MOST_SHARED = 100_000

function once<K, V>(known: Map<K, V>, key: K, value: V): V {
  const earlier = known.get(key)
  if (earlier !== undefined) return earlier
  if (known.size >= MOST_SHARED) known.clear()
  known.set(key, value)
  return value
}

/** The same record, made of shared parts: of a large catalog less than half is left. Nobody may change what it holds. */
export function withSharedParts({ texts, parts }: Shared, record: ProductRecord): ProductRecord {
  const text = <T extends string>(value: T): T => once(texts, value, value) as T
  const part = <T extends object>(value: T): T => once(parts, JSON.stringify(value), value) as T
  const shareVariant = ({ sku, options, price, compareAtPrice, pictureIds }: VariantRecord): VariantRecord => ({
    sku,
    options: part(options),
    price: part(price),
    ...(compareAtPrice ? { compareAtPrice: part(compareAtPrice) } : {}),
    pictureIds: pictureIds.length === 0 ? NO_PICTURES : pictureIds,
  })
  return {
    ...record,
    brand: record.brand === null ? null : text(record.brand),
    category: text(record.category),
    status: text(record.status),
    options: part(record.options),
    variants: record.variants.map(shareVariant),
  }
}

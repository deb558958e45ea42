import { success } from '@vitrine/contracts/envelope'
import { ok } from '@vitrine/kernel/app'
import { createFinishedReplies, type Exchange, sendFinished } from '@vitrine/kernel/finished'
import type { z } from 'zod'
import type { CatalogViews } from './view.service.ts'

const MOST_BYTES = 24 * 1024 * 1024

/** A success that every shopper sees alike. */
interface PublicReply<S extends z.ZodType> {
  schema: S
  /** The query as far as the reply depends on it. */
  query: Record<string, unknown>
  build(): Promise<z.input<S>>
  /** Made of more than the view: reviews have to be read again after every change that was announced. */
  isBeyondView?: boolean
}

/** The same question in another order of words is the same question. */
const textOf = (query: Record<string, unknown>): string =>
  JSON.stringify(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)].sort() : value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/**
 * Answers with bytes made once for a state of the catalog. The schema strips what must not leave when they are made;
 * a hit is neither built, checked nor printed again.
 */
export function createPublicReplies(views: CatalogViews) {
  const replies = createFinishedReplies({ maxBytes: MOST_BYTES })
  return async <S extends z.ZodType>(
    exchange: Exchange & { path: string },
    { schema, query, build, isBeyondView = false }: PublicReply<S>,
  ): Promise<Response> => {
    const { stamp, mark } = await views.fresh()
    const print = async () => success(schema).parse(ok(await build()))
    return sendFinished(
      exchange,
      await replies.get(`${exchange.path} ${textOf(query)}`, isBeyondView ? mark : stamp, print),
    )
  }
}

export type PublicReplies = ReturnType<typeof createPublicReplies>

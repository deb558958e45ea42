import type { Call, SandboxDeps } from './call.ts'
import { noSuch } from './failure.ts'
import { type ListParams, ListParams as ListSchema, parseParams } from './params.ts'

const RANGE = { gt: '$gt', gte: '$gte', lt: '$lt', lte: '$lte' } as const

function createdFilter(created: ListParams['created']) {
  if (created === undefined) return {}
  if (typeof created === 'number') return { 'body.created': created }
  const bounds = Object.entries(created).flatMap(([name, value]) => (name in RANGE ? [[`$${name}`, value]] : []))
  return { 'body.created': Object.fromEntries(bounds) }
}

function filterOf(params: ListParams): Record<string, unknown> {
  const equal = ['customer', 'payment_intent', 'charge', 'type'] as const
  const fields = equal.flatMap((name) => (params[name] === undefined ? [] : [[`body.${name}`, params[name]] as const]))
  return {
    ...Object.fromEntries(fields),
    ...(params.types ? { 'body.type': { $in: params.types } } : {}),
    ...createdFilter(params.created),
  }
}

/** Lists and single reads of every kind of object. */
export function createListService({ objects }: SandboxDeps) {
  return {
    async list(call: Call, kind: string, url: string) {
      const params = parseParams(ListSchema, call.params)
      const { items, hasMore } = await objects.list(call.account, {
        kind,
        limit: params.limit ?? 10,
        startingAfter: params.starting_after,
        endingBefore: params.ending_before,
        where: filterOf(params),
      })
      return { object: 'list', data: items, has_more: hasMore, url }
    },
    async retrieve(call: Call, kind: string, id: string) {
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== kind) throw noSuch(kind, id)
      return stored.object
    },
  }
}

import type { Call } from './call.ts'
import { invalidRequest, noSuch } from './failure.ts'
import type { ListQuery, ObjectRepository, StripeObject } from './objects.repository.ts'

interface PageParams {
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
  created?: { [bound in 'gt' | 'gte' | 'lt' | 'lte']?: number | undefined } | undefined
}

interface PageRequest extends Pick<ListQuery, 'kind' | 'equal' | 'types' | 'hasPendingWebhooks'> {
  url: string
  params: PageParams
}

export interface List {
  object: 'list'
  data: StripeObject[]
  has_more: boolean
  url: string
}

/** One page of a kind, newest first, in either direction. */
export async function pageOf(
  objects: ObjectRepository,
  call: Call,
  { url, params, ...query }: PageRequest,
): Promise<List> {
  const { limit = 10, starting_after: startingAfter, ending_before: endingBefore } = params
  if (limit < 1 || limit > 100) {
    const message = `This value must be ${limit < 1 ? 'greater than or equal to 1' : 'less than or equal to 100'} (it currently is '${limit}').`
    throw invalidRequest(message, { code: 'parameter_invalid_integer', param: 'limit' })
  }
  if (startingAfter && endingBefore) {
    const message = 'You can only use one of the following parameters: starting_after, ending_before.'
    throw invalidRequest(message, { param: 'ending_before' })
  }
  const cursor = startingAfter ?? endingBefore
  if (cursor && (await objects.find(call.account, cursor))?.object.object !== query.kind) {
    throw noSuch(query.kind, cursor, startingAfter ? 'starting_after' : 'ending_before')
  }
  const bounds = Object.entries(params.created ?? {}).filter(([, value]) => value !== undefined)
  const created = Object.fromEntries(bounds)
  const { items, hasMore } = await objects.list(call.account, { ...query, limit, startingAfter, endingBefore, created })
  return { object: 'list', data: items, has_more: hasMore, url }
}

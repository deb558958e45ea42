import { type Call, type SandboxDeps, seconds } from './call.ts'
import { noSuch } from './failure.ts'
import { asOf } from './ledger.rules.ts'
import type { StripeObject } from './objects.repository.ts'
import { type List, pageOf } from './page.ts'
import { parseParams } from './params.ts'
import { LIST_PARAMS, RetrieveOnly } from './resource.params.ts'

/** Parameters that pick by an equal field of the object. */
const EQUAL = [
  'customer',
  'payment_intent',
  'payment_method',
  'charge',
  'type',
  'email',
  'currency',
  'source',
  'transfer_group',
]

const equalOf = (params: Record<string, unknown>) =>
  Object.fromEntries(
    EQUAL.flatMap((name) => {
      const value = params[name]
      return typeof value === 'string' ? [[name, value] as const] : []
    }),
  )

/** Lists and single reads of the kinds that need nothing of their own. */
export function createListService({ objects }: SandboxDeps) {
  const shown = (call: Call, object: StripeObject) =>
    object.object === 'balance_transaction' ? asOf(object, seconds(call.now)) : object

  return {
    async list(call: Call, kind: string, url: string): Promise<List> {
      const schema = LIST_PARAMS[kind] ?? RetrieveOnly
      const params = parseParams(schema, call.params) as Record<string, unknown> // every list schema is an object
      const hasPendingWebhooks = typeof params.delivery_success === 'boolean' ? !params.delivery_success : undefined
      const page = await pageOf(objects, call, {
        kind,
        url,
        params,
        equal: equalOf(params),
        types: Array.isArray(params.types) ? params.types.map(String) : undefined,
        hasPendingWebhooks,
      })
      return { ...page, data: page.data.map((object) => shown(call, object)) }
    },
    async retrieve(call: Call, kind: string, id: string): Promise<StripeObject> {
      parseParams(RetrieveOnly, call.params)
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== kind) throw noSuch(kind, id)
      return shown(call, stored.object)
    },
    async balance(call: Call): Promise<object> {
      parseParams(RetrieveOnly, call.params)
      const totals = await objects.balance(call.account, seconds(call.now))
      const side = (name: 'available' | 'pending') => {
        const rows = totals.map((total) => ({
          amount: total[name],
          currency: total.currency,
          source_types: { card: total[name] },
        }))
        return rows.length > 0 ? rows : [{ amount: 0, currency: 'eur', source_types: { card: 0 } }]
      }
      const refund_and_dispute_prefunding = { available: [], pending: [] }
      return {
        object: 'balance',
        available: side('available'),
        livemode: false,
        pending: side('pending'),
        refund_and_dispute_prefunding,
      }
    },
  }
}

export type ListService = ReturnType<typeof createListService>

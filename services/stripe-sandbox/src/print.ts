import type { Call } from './call.ts'
import type { createListService } from './lists.service.ts'

/** What a browser may see of an intent. */
const BROWSER_FIELDS = new Set([
  'id',
  'object',
  'amount',
  'automatic_payment_methods',
  'canceled_at',
  'cancellation_reason',
  'capture_method',
  'client_secret',
  'confirmation_method',
  'created',
  'currency',
  'description',
  'last_payment_error',
  'livemode',
  'next_action',
  'payment_method',
  'payment_method_options',
  'payment_method_types',
  'processing',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'status',
])

const EXPANDABLE: Record<string, string> = {
  latest_charge: 'charge',
  payment_method: 'payment_method',
  charge: 'charge',
  payment_intent: 'payment_intent',
}

/** The object as this caller sees it: trimmed for browsers, with `expand` filled in for servers. */
export async function printed(
  lists: ReturnType<typeof createListService>,
  call: Call,
  object: object,
): Promise<object> {
  if (call.access === 'publishable') return forBrowser(object)
  const wanted = call.params.expand
  if (!Array.isArray(wanted) || !('id' in object)) return object
  const filled: Record<string, unknown> = { ...object }
  for (const name of wanted) {
    const kind = typeof name === 'string' ? EXPANDABLE[name] : undefined
    if (!kind || typeof name !== 'string' || typeof filled[name] !== 'string') continue
    filled[name] = await lists.retrieve(call, kind, filled[name])
  }
  return filled
}

/** Trims an intent, wherever it stands, to what Stripe shows a publishable key. */
export function forBrowser(object: object): object {
  if (!('object' in object) || object.object !== 'payment_intent') return object
  return Object.fromEntries(Object.entries(object).filter(([name]) => BROWSER_FIELDS.has(name)))
}

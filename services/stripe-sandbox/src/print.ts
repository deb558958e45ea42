import type { Call } from './call.ts'
import { isLink, notExpandable, pathsOf } from './expand.rules.ts'
import type { ObjectRepository } from './objects.repository.ts'

/** What a browser may see of an intent. */
const BROWSER_FIELDS = new Set(
  'id object amount automatic_payment_methods canceled_at cancellation_reason capture_method client_secret confirmation_method created currency description last_payment_error last_setup_error livemode next_action payment_method payment_method_options payment_method_types processing receipt_email setup_future_usage shipping status usage'.split(
    ' ',
  ),
)

/** The object as this caller sees it: trimmed for browsers, with `expand` filled in for servers. */
export async function printed(objects: ObjectRepository, call: Call, object: object): Promise<object> {
  if (call.access === 'publishable') return forBrowser(object)
  let shown = object
  for (const path of pathsOf(call.params.expand)) shown = await expanded(objects, call.account, shown, path, path)
  return shown
}

type Path = readonly string[]

async function expanded(
  objects: ObjectRepository,
  account: string,
  object: object,
  path: Path,
  whole: Path,
): Promise<object> {
  const [field, ...rest] = path
  if (field === undefined) return object
  const value: unknown = Reflect.get(object, field)
  if (field === 'data' && Array.isArray(value)) {
    const data: object[] = []
    for (const item of value) data.push(await expanded(objects, account, item, rest, whole))
    return { ...object, data }
  }
  const kind = String(Reflect.get(object, 'object'))
  if (field === 'refunds' && kind === 'charge') return { ...object, refunds: await refundsOf(objects, account, object) }
  if (!isLink(kind, field)) throw notExpandable(whole)
  const linked = typeof value === 'string' ? (await objects.find(account, value))?.object : asObject(value)
  if (!linked) return object
  return { ...object, [field]: await expanded(objects, account, linked, rest, whole) }
}

const asObject = (value: unknown): object | null => (typeof value === 'object' ? value : null)

async function refundsOf(objects: ObjectRepository, account: string, charge: object) {
  const id = String(Reflect.get(charge, 'id'))
  const { items, hasMore } = await objects.list(account, { kind: 'refund', limit: 10, equal: { charge: id } })
  return { object: 'list', data: items, has_more: hasMore, url: `/v1/charges/${id}/refunds` }
}

/** Trims an intent, wherever it stands, to what Stripe shows a publishable key. */
export function forBrowser(object: object): object {
  const kind = Reflect.get(object, 'object')
  if (kind !== 'payment_intent' && kind !== 'setup_intent') return object
  return Object.fromEntries(Object.entries(object).filter(([name]) => BROWSER_FIELDS.has(name)))
}

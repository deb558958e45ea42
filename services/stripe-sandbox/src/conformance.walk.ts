import type { TestSandbox } from './sandbox.testing.ts'

export interface Reply {
  method: string
  path: string
  status: number
  body: unknown
}

interface Named {
  id: string
}
const CARD = 'type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=2034&card[cvc]=123'
const PAID = 'amount=5000&currency=eur&confirm=true&return_url=https://shop.test/back&payment_method='
const EVERY_LIST = [
  'payment_intents',
  'setup_intents',
  'charges',
  'refunds',
  'disputes',
  'reviews',
  'radar/early_fraud_warnings',
  'events',
  'balance_transactions',
  'webhook_endpoints',
  'customers',
] as const

/** Calls every endpoint of the API in most of the states its objects can be in; replies come in the order of the calls. */
export async function walkEveryEndpoint(sandbox: TestSandbox): Promise<Reply[]> {
  const replies: Reply[] = []
  async function call(method: string, path: string, form = ''): Promise<Named> {
    const query = method === 'GET' && form ? `?${form}` : ''
    const { status, body } = await sandbox.raw(method, `/v1/${path}${query}`, form)
    replies.push({ method, path: `/v1/${path}`, status, body })
    return body as Named
  }
  const post = (path: string, form = '') => call('POST', path, form)
  const get = (path: string, form = '') => call('GET', path, form)

  await walkPayments(post, get)
  await walkAccount(post, get, (path) => call('DELETE', path))
  // Delayed outcomes (failed refunds, disputes' deadlines) arrive by the sandbox's own clock.
  await sandbox.control('clock', { advanceSeconds: 10 })
  for (const list of EVERY_LIST) {
    const { data = [] } = (await get(list, 'limit=100')) as { data?: Named[] }
    for (const { id } of data.slice(0, 40)) await get(`${list}/${id}`)
  }
  await get('balance')
  await get('charges', 'limit=5&expand[]=data.refunds&expand[]=data.balance_transaction&expand[]=data.payment_intent')
  await walkAftermath(post, get)
  return replies
}

type Verb = (path: string, form?: string) => Promise<Named>

async function walkPayments(post: Verb, get: Verb): Promise<void> {
  const blank = await post(
    'payment_intents',
    'amount=5000&currency=eur&metadata[a]=b&shipping[name]=A&shipping[address][line1]=B',
  )
  await post(`payment_intents/${blank.id}`, 'description=Changed&metadata[a]=')
  await post(`payment_intents/${blank.id}/confirm`, 'payment_method=pm_card_visa_chargeDeclined')
  await post(`payment_intents/${blank.id}/confirm`, 'payment_method=pm_card_visa')
  await post(`payment_intents/${blank.id}/cancel`)
  const abandoned = await post('payment_intents', 'amount=5000&currency=eur')
  await post(`payment_intents/${abandoned.id}/cancel`, 'cancellation_reason=abandoned')
  for (const card of [
    'visa',
    'authenticationRequired',
    'createDispute',
    'riskLevelElevated',
    'createIssuerFraudRecord',
  ])
    await post('payment_intents', `${PAID}pm_card_${card}`)
  for (const card of [
    'chargeDeclined',
    'chargeDeclinedExpiredCard',
    'chargeDeclinedIncorrectCvc',
    'chargeDeclinedFraudulent',
  ])
    await post('payment_intents', `${PAID}pm_card_${card}`)
  const held = await post('payment_intents', `${PAID}pm_card_visa&capture_method=manual`)
  await post(`payment_intents/${held.id}/capture`, 'amount_to_capture=3000')
  const released = await post('payment_intents', `${PAID}pm_card_visa&capture_method=manual`)
  await post(`payment_intents/${released.id}/cancel`)
  const refund = await post('refunds', `payment_intent=${held.id}&amount=100&reason=duplicate`)
  await post(`refunds/${refund.id}`, 'metadata[a]=b')
  await post(`refunds/${refund.id}/cancel`)
  const slow = await post('payment_intents', `${PAID}pm_card_pendingRefund`)
  const pending = await post('refunds', `payment_intent=${slow.id}`)
  await post(`refunds/${pending.id}/cancel`)
  const doomed = await post('payment_intents', `${PAID}pm_card_refundFail`)
  await post('refunds', `payment_intent=${doomed.id}`)
  await post('refunds', `payment_intent=${doomed.id}&amount=999999`)
  await get(`payment_intents/${held.id}`, 'expand[]=latest_charge&expand[]=payment_method')
  for (const wrong of [
    'amount=5000',
    'amount=1&currency=eur',
    'amount=5000&currency=xyz',
    'amount=ten&currency=eur',
    `colour=red&${PAID}x`,
  ])
    await post('payment_intents', wrong)
  await get('payment_intents/pi_unknown')
}

async function walkAccount(post: Verb, get: Verb, remove: Verb): Promise<void> {
  const customer = await post('customers', 'email=a@b.test&name=A&address[city]=Berlin')
  await post(`customers/${customer.id}`, 'phone=123&metadata[a]=b')
  const method = await post('payment_methods', `${CARD}&billing_details[address][city]=Berlin`)
  await post(`payment_methods/${method.id}`, 'metadata[a]=b')
  await post(`payment_methods/${method.id}/attach`, `customer=${customer.id}`)
  await get('payment_methods', `customer=${customer.id}&type=card`)
  await get(`customers/${customer.id}/payment_methods`)
  await get(`payment_methods/${method.id}`)
  await post('payment_methods', 'type=card&card[number]=4242424242424241&card[exp_month]=12&card[exp_year]=2034')
  const setup = await post('setup_intents', `customer=${customer.id}&payment_method=${method.id}`)
  await post(`setup_intents/${setup.id}`, 'description=Changed')
  await post(`setup_intents/${setup.id}/confirm`)
  await post(
    'setup_intents',
    'payment_method=pm_card_authenticationRequired&confirm=true&return_url=https://shop.test/back',
  )
  await post('setup_intents', 'payment_method=pm_card_chargeDeclined&confirm=true')
  const given = await post('setup_intents')
  await post(`setup_intents/${given.id}/cancel`, 'cancellation_reason=abandoned')
  await post(`payment_methods/${method.id}/detach`)
  const gone = await post('customers', 'email=gone@b.test')
  await remove(`customers/${gone.id}`)
  await get(`customers/${gone.id}`)
  const endpoint = await post('webhook_endpoints', 'url=http://127.0.0.1:9/&enabled_events[]=charge.failed')
  await post(`webhook_endpoints/${endpoint.id}`, 'enabled_events[]=*&description=All')
  const removed = await post('webhook_endpoints', 'url=http://127.0.0.1:9/two&enabled_events[]=*')
  await remove(`webhook_endpoints/${removed.id}`)
}

/** Answers to disputes and reviews, which the bank and the risk check opened meanwhile. */
async function walkAftermath(post: Verb, get: Verb): Promise<void> {
  const first = async (list: string) => ((await get(list, 'limit=1')) as { data?: Named[] }).data?.[0]?.id ?? 'none'
  const charge = await first('charges')
  await post(`charges/${charge}`, 'description=Changed')
  await post(`disputes/${await first('disputes')}`, 'evidence[uncategorized_text]=winning_evidence&submit=true')
  await post('payment_intents', `${PAID}pm_card_createDispute`)
  await post(`disputes/${await first('disputes')}/close`)
  await post(`reviews/${await first('reviews')}/approve`)
  await get('events', 'limit=100')
}

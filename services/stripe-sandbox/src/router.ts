import type { Call } from './call.ts'
import type { createChargeService } from './charges.service.ts'
import type { createCustomerService } from './customers.service.ts'
import type { DisputeService } from './disputes.service.ts'
import type { EndpointService } from './endpoints.service.ts'
import { failure } from './failure.ts'
import type { IntentService } from './intents.service.ts'
import type { ListService } from './lists.service.ts'
import type { MethodService } from './methods.service.ts'
import type { RefundService } from './refunds.service.ts'
import type { SetupService } from './setups.service.ts'

export interface Services {
  intents: IntentService
  setups: SetupService
  methods: MethodService
  customers: ReturnType<typeof createCustomerService>
  charges: ReturnType<typeof createChargeService>
  refunds: RefundService
  disputes: DisputeService
  endpoints: EndpointService
  lists: ListService
}

type Handler = (services: Services, call: Call, id: string) => Promise<object>
interface Route {
  method: string
  path: string
  pattern: RegExp
  isForBrowsers: boolean
  handle: Handler
}

const route = (method: string, path: string, handle: Handler, isForBrowsers = false): Route => ({
  method,
  path: `/v1/${path}`,
  pattern: new RegExp(`^/v1/${path.replace(':id', '([A-Za-z0-9_]{1,100})')}$`),
  isForBrowsers,
  handle,
})

const BROWSER = true
const listed = (path: string, kind: string): Route =>
  route('GET', path, ({ lists }, call) => lists.list(call, kind, `/v1/${path}`))
const readable = (path: string, kind: string): Route[] => [
  listed(path, kind),
  route('GET', `${path}/:id`, ({ lists }, call, id) => lists.retrieve(call, kind, id)),
]

/** Every endpoint of the API, and which of them a publishable key may call. */
const ROUTES: readonly Route[] = [
  route('POST', 'payment_intents', ({ intents }, call) => intents.create(call)),
  listed('payment_intents', 'payment_intent'),
  route('GET', 'payment_intents/:id', ({ intents }, call, id) => intents.retrieve(call, id), BROWSER),
  route('POST', 'payment_intents/:id', ({ intents }, call, id) => intents.update(call, id)),
  route('POST', 'payment_intents/:id/confirm', ({ intents }, call, id) => intents.confirm(call, id), BROWSER),
  route('POST', 'payment_intents/:id/cancel', ({ intents }, call, id) => intents.cancel(call, id)),
  route('POST', 'payment_intents/:id/capture', ({ intents }, call, id) => intents.capture(call, id)),
  route('POST', 'setup_intents', ({ setups }, call) => setups.create(call)),
  listed('setup_intents', 'setup_intent'),
  route('GET', 'setup_intents/:id', ({ setups }, call, id) => setups.retrieve(call, id), BROWSER),
  route('POST', 'setup_intents/:id', ({ setups }, call, id) => setups.update(call, id)),
  route('POST', 'setup_intents/:id/confirm', ({ setups }, call, id) => setups.confirm(call, id), BROWSER),
  route('POST', 'setup_intents/:id/cancel', ({ setups }, call, id) => setups.cancel(call, id)),
  route('POST', 'payment_methods', ({ methods }, call) => methods.create(call), BROWSER),
  route('GET', 'payment_methods', ({ methods }, call) => methods.list(call)),
  route('GET', 'payment_methods/:id', ({ methods }, call, id) => methods.retrieve(call, id)),
  route('POST', 'payment_methods/:id', ({ methods }, call, id) => methods.update(call, id)),
  route('POST', 'payment_methods/:id/attach', ({ methods }, call, id) => methods.attach(call, id)),
  route('POST', 'payment_methods/:id/detach', ({ methods }, call, id) => methods.detach(call, id)),
  route('POST', 'customers', ({ customers }, call) => customers.create(call)),
  listed('customers', 'customer'),
  route('GET', 'customers/:id', ({ customers }, call, id) => customers.retrieve(call, id)),
  route('POST', 'customers/:id', ({ customers }, call, id) => customers.update(call, id)),
  route('DELETE', 'customers/:id', ({ customers }, call, id) => customers.remove(call, id)),
  route('GET', 'customers/:id/payment_methods', ({ customers }, call, id) => customers.methods(call, id)),
  ...readable('charges', 'charge'),
  route('POST', 'charges/:id', ({ charges }, call, id) => charges.update(call, id)),
  route('POST', 'refunds', ({ refunds }, call) => refunds.create(call)),
  ...readable('refunds', 'refund'),
  route('POST', 'refunds/:id', ({ refunds }, call, id) => refunds.update(call, id)),
  route('POST', 'refunds/:id/cancel', ({ refunds }, call, id) => refunds.cancel(call, id)),
  ...readable('disputes', 'dispute'),
  route('POST', 'disputes/:id', ({ disputes }, call, id) => disputes.update(call, id)),
  route('POST', 'disputes/:id/close', ({ disputes }, call, id) => disputes.close(call, id)),
  ...readable('reviews', 'review'),
  route('POST', 'reviews/:id/approve', ({ charges }, call, id) => charges.approveReview(call, id)),
  ...readable('radar/early_fraud_warnings', 'radar.early_fraud_warning'),
  ...readable('events', 'event'),
  route('GET', 'balance', ({ lists }, call) => lists.balance(call)),
  ...readable('balance_transactions', 'balance_transaction'),
  ...readable('webhook_endpoints', 'webhook_endpoint'),
  route('POST', 'webhook_endpoints', ({ endpoints }, call) => endpoints.create(call)),
  route('POST', 'webhook_endpoints/:id', ({ endpoints }, call, id) => endpoints.update(call, id)),
  route('DELETE', 'webhook_endpoints/:id', ({ endpoints }, call, id) => endpoints.remove(call, id)),
]

export const ENDPOINTS = ROUTES.map(({ method, path, pattern }) => ({ method, path, pattern }))

/** Finds the endpoint for a request that this caller may make; throws as Stripe answers otherwise. */
export function findRoute(method: string, path: string, call: Call): (services: Services) => Promise<object> {
  for (const candidate of ROUTES) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null
    if (!match) continue
    if (call.access === 'publishable' && !candidate.isForBrowsers) throw secretKeyRequired()
    return (services) => candidate.handle(services, call, match[1] ?? '')
  }
  const message = `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
  throw failure(404, { type: 'invalid_request_error', message }, true)
}

const secretKeyRequired = () =>
  failure(
    403,
    {
      type: 'invalid_request_error',
      code: 'secret_key_required',
      message:
        'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    },
    true,
  )

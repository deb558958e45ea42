import type { Call } from './call.ts'
import type { createEndpointService } from './endpoints.service.ts'
import { failure } from './failure.ts'
import type { IntentService } from './intents.service.ts'
import type { createListService } from './lists.service.ts'
import type { MethodService } from './methods.service.ts'
import { printed } from './print.ts'
import type { createRefundService } from './refunds.service.ts'

export interface Services {
  intents: IntentService
  methods: MethodService
  refunds: ReturnType<typeof createRefundService>
  endpoints: ReturnType<typeof createEndpointService>
  lists: ReturnType<typeof createListService>
}

type Handler = (services: Services, call: Call, id: string) => Promise<object>
interface Route {
  method: string
  pattern: RegExp
  isForBrowsers: boolean
  handle: Handler
}

const route = (method: string, path: string, handle: Handler, isForBrowsers = false): Route => ({
  method,
  pattern: new RegExp(`^/v1/${path.replace(':id', '([A-Za-z0-9_]{1,100})')}/?$`),
  isForBrowsers,
  handle,
})

const BROWSER = true
const readable = (path: string, kind: string): Route[] => [
  route('GET', path, ({ lists }, call) => lists.list(call, kind, `/v1/${path}`)),
  route('GET', `${path}/:id`, ({ lists }, call, id) => lists.retrieve(call, kind, id)),
]

/** Every endpoint of the API, and which of them a publishable key may call. */
const ROUTES: readonly Route[] = [
  route('POST', 'payment_intents', ({ intents }, call) => intents.create(call)),
  route('GET', 'payment_intents', ({ lists }, call) => lists.list(call, 'payment_intent', '/v1/payment_intents')),
  route('GET', 'payment_intents/:id', ({ intents }, call, id) => intents.retrieve(call, id), BROWSER),
  route('POST', 'payment_intents/:id', ({ intents }, call, id) => intents.update(call, id)),
  route('POST', 'payment_intents/:id/confirm', ({ intents }, call, id) => intents.confirm(call, id), BROWSER),
  route('POST', 'payment_intents/:id/cancel', ({ intents }, call, id) => intents.cancel(call, id)),
  route('POST', 'payment_intents/:id/capture', ({ intents }, call, id) => intents.capture(call, id)),
  route('POST', 'payment_methods', ({ methods }, call) => methods.create(call), BROWSER),
  route('GET', 'payment_methods/:id', ({ lists }, call, id) => lists.retrieve(call, 'payment_method', id)),
  route('POST', 'refunds', ({ refunds }, call) => refunds.create(call)),
  ...readable('refunds', 'refund'),
  ...readable('charges', 'charge'),
  ...readable('events', 'event'),
  ...readable('disputes', 'dispute'),
  ...readable('webhook_endpoints', 'webhook_endpoint'),
  route('POST', 'webhook_endpoints', ({ endpoints }, call) => endpoints.create(call)),
  route('POST', 'webhook_endpoints/:id', ({ endpoints }, call, id) => endpoints.update(call, id)),
  route('DELETE', 'webhook_endpoints/:id', ({ endpoints }, call, id) => endpoints.remove(call, id)),
]

/** Finds the endpoint and answers as the caller's key allows. */
export async function dispatch(services: Services, method: string, path: string, call: Call): Promise<object> {
  for (const candidate of ROUTES) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null
    if (!match) continue
    if (call.access === 'publishable' && !candidate.isForBrowsers) {
      throw failure(
        403,
        {
          type: 'invalid_request_error',
          code: 'secret_key_required',
          message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
        },
        true,
      )
    }
    return printed(services.lists, call, await candidate.handle(services, call, match[1] ?? ''))
  }
  throw failure(
    404,
    {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `Unrecognized request URL (${method}: ${path}).`,
    },
    true,
  )
}

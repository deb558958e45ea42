import type { Log } from '@vitrine/kernel/log'
import { createApi } from './api.ts'
import { createChallengePage } from './challenge.page.ts'
import { createChallengeService } from './challenge.service.ts'
import { createChargeService } from './charges.service.ts'
import { type Control, type ControlActions, createControlRoutes } from './control.ts'
import { createCustomerService } from './customers.service.ts'
import { createDisputeService } from './disputes.service.ts'
import { createEndpointService } from './endpoints.service.ts'
import { createIntentService } from './intents.service.ts'
import { randomId } from './keys.ts'
import { createLaterService } from './later.service.ts'
import { createListService } from './lists.service.ts'
import { createMethodService } from './methods.service.ts'
import { createRefundService } from './refunds.service.ts'
import type { Services } from './router.ts'
import { createSetupService } from './setups.service.ts'
import type { Storage } from './storage.ts'

export interface AppDeps {
  storage: Storage
  control: Control
  log: Log
  /** Where the browser reaches the challenge page. */
  publicUrl: string
  browserScript: () => Response
  wake: () => void
}

/** The controls as the shop's own pages reach them, inside the mesh and in its envelope. */
const INTERNAL = '/internal/stripe-sandbox/'

async function enveloped(reply: Response): Promise<Response> {
  const body = await reply.json()
  if (reply.ok) return Response.json({ success: true, data: body })
  const code = reply.status === 404 ? 'not_found' : 'invalid_input'
  const error = { code, message: 'The sandbox does not know this control or its values.', requestId: randomId('req') }
  return Response.json({ success: false, error }, { status: reply.status })
}

/** The whole sandbox as one function from request to response, and what it does by itself later. */
export function createSandboxApp(deps: AppDeps) {
  const { control, storage, publicUrl, log } = deps
  const { objects } = storage
  const shared = { objects, publicUrl }
  const methods = createMethodService(shared)
  const intents = createIntentService(shared, methods)
  const setups = createSetupService(shared, methods)
  const refunds = createRefundService(shared)
  const disputes = createDisputeService(shared)
  const endpoints = createEndpointService(shared)
  const services: Services = {
    intents,
    setups,
    methods,
    refunds,
    disputes,
    endpoints,
    customers: createCustomerService(shared, methods),
    charges: createChargeService(shared),
    lists: createListService(shared),
  }
  const api = createApi({ storage, services, control, log })
  const challenge = createChallengePage(
    createChallengeService({ ...shared, intents, setups, methods, now: control.now }),
  )
  const controls = createControlRoutes(control, actionsOf(deps))

  async function handle(request: Request): Promise<Response> {
    const reply = await route(request)
    await storage.settled()
    return reply
  }

  async function route(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const { pathname } = url
    if (pathname === '/livez') return Response.json({ status: 'ok' })
    if (pathname === '/readyz') return readiness(storage)
    if (pathname === '/stripe/js' || pathname.startsWith('/stripe/js/')) return deps.browserScript()
    if (pathname === '/stripe/challenge') return challenge(request, url)
    if (pathname.startsWith('/stripe/v1/')) return api(request, url, true)
    if (pathname.startsWith('/_control/'))
      return controls(request, pathname.slice('/_control/'.length), url.searchParams)
    if (pathname.startsWith(INTERNAL)) {
      return enveloped(await controls(request, pathname.slice(INTERNAL.length), url.searchParams))
    }
    return api(request, url, false)
  }
  return { handle, later: createLaterService({ objects, refunds, disputes }) }
}

function actionsOf({ storage, control, publicUrl, wake }: AppDeps): ControlActions {
  const endpoints = createEndpointService({ objects: storage.objects, publicUrl })
  return {
    wake,
    clear: () => storage.clear(),
    async roll(endpointId, expiresInSeconds) {
      const account = await storage.objects.accountOf(endpointId)
      const expiresAt = new Date(control.now().getTime() + expiresInSeconds * 1000)
      return endpoints.roll(account ?? '', endpointId, expiresAt)
    },
    deliveries: (eventId, limit) => storage.deliveries.log({ eventId, limit }),
    resend: (eventId) => storage.deliveries.resend(eventId, control.now()),
  }
}

async function readiness(storage: Storage): Promise<Response> {
  try {
    await storage.ping()
    return Response.json({ status: 'ok' })
  } catch {
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}

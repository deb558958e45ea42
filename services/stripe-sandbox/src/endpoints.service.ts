import { type Call, type SandboxDeps, seconds } from './call.ts'
import { failure, noSuch } from './failure.ts'
import { randomLetters } from './keys.ts'
import { API_VERSION } from './objects.mongo.ts'
import type { StripeObject } from './objects.repository.ts'
import { EndpointCreate, EndpointUpdate, parseParams } from './params.ts'

/** Webhook endpoints of an account. The signing secret is printed once, at creation. */
export function createEndpointService({ objects }: SandboxDeps) {
  async function get(call: Call, id: string) {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'webhook_endpoint') throw noSuch('webhook endpoint', id)
    return stored
  }

  return {
    async create(call: Call): Promise<StripeObject> {
      const { expand: _expand, connect: _connect, ...params } = parseParams(EndpointCreate, call.params)
      const secret = `whsec_${randomLetters(32)}`
      const endpoint = {
        id: call.newId('we'),
        object: 'webhook_endpoint',
        api_version: params.api_version ?? API_VERSION,
        application: null,
        created: seconds(call.now),
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: params.metadata ?? {},
        status: 'enabled',
        url: params.url,
      }
      await objects.commit({ account: call.account, create: [{ object: endpoint, hidden: { secret } }] })
      return { ...endpoint, secret }
    },
    async update(call: Call, id: string): Promise<StripeObject> {
      const { expand: _expand, disabled, ...params } = parseParams(EndpointUpdate, call.params)
      const stored = await get(call, id)
      const status = disabled === undefined ? stored.object.status : disabled ? 'disabled' : 'enabled'
      const object = { ...stored.object, ...params, status }
      const saved = await objects.commit({ account: call.account, update: [{ ...stored, object }] })
      if (saved === 'done') return object
      throw failure(409, {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message: 'The endpoint is in use. Try again.',
      })
    },
    async remove(call: Call, id: string): Promise<StripeObject> {
      const { object } = await get(call, id)
      await objects.remove(call.account, id)
      return { id, object: 'webhook_endpoint', created: object.created, deleted: true }
    },
  }
}

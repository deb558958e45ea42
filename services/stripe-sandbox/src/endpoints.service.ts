import { API_VERSION } from './api.version.ts'
import { type Call, type SandboxDeps, seconds } from './call.ts'
import { inUse, noSuch } from './failure.ts'
import { given, mergeMetadata } from './fields.rules.ts'
import { randomLetters } from './keys.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'
import { EndpointCreate, EndpointUpdate } from './resource.params.ts'
import { rolled } from './signature.rules.ts'

const newSecret = () => `whsec_${randomLetters(32)}`

/** Webhook endpoints of an account. The signing secret is printed once, at creation. */
export function createEndpointService({ objects }: SandboxDeps) {
  async function get(account: string, id: string) {
    const stored = await objects.find(account, id)
    if (stored?.object.object !== 'webhook_endpoint') throw noSuch('webhook endpoint', id)
    return stored
  }

  async function save(stored: Stored) {
    const saved = await objects.commit({ account: stored.account, update: [stored] })
    if (saved === 'stale') throw inUse('webhook endpoint')
    return stored.object
  }

  return {
    async create(call: Call): Promise<StripeObject> {
      const params = parseParams(EndpointCreate, call.params)
      const secret = newSecret()
      const endpoint = {
        id: call.newId('we'),
        object: 'webhook_endpoint',
        api_version: params.api_version ?? API_VERSION,
        application: null,
        created: seconds(call.now),
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        status: 'enabled',
        url: params.url,
      }
      await objects.commit({ account: call.account, create: [{ object: endpoint, hidden: { secret } }] })
      return { ...endpoint, secret }
    },
    async update(call: Call, id: string): Promise<StripeObject> {
      const { disabled, url, enabled_events, description, metadata } = parseParams(EndpointUpdate, call.params)
      const stored = await get(call.account, id)
      const { object } = stored
      const status = disabled === undefined ? object.status : disabled ? 'disabled' : 'enabled'
      const merged = mergeMetadata(object.metadata as Record<string, string>, metadata)
      const changed = { ...object, ...given({ url, enabled_events, description }), metadata: merged, status }
      return save({ ...stored, object: changed })
    },
    async remove(call: Call, id: string): Promise<object> {
      await get(call.account, id)
      await objects.remove(call.account, id)
      return { id, object: 'webhook_endpoint', deleted: true }
    },
    /** A new secret; the old one signs beside it for a while, as after rolling it in Stripe's dashboard. */
    async roll(account: string, id: string, expiresAt: Date): Promise<object> {
      const stored = await get(account, id)
      const secret = newSecret()
      await save({ ...stored, hidden: rolled(stored.hidden, secret, expiresAt) })
      return { id, secret }
    },
  }
}

export type EndpointService = ReturnType<typeof createEndpointService>

import { Identity } from '@vitrine/contracts/identity'
import { fixedClock } from '@vitrine/kernel/clock'
import { newId } from '@vitrine/kernel/ids'
import { mongoInbox } from '@vitrine/kernel/inbox'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier } from '@vitrine/kernel/verifiers.testing'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { TakeAttempt } from './address-limit.redis.ts'
import { createAuthApp } from './app.ts'
import { createPasswordHasher } from './password.argon2.ts'
import { mongoSigningKeys } from './signing-key.mongo.ts'
import { loadKeyRing } from './signing-keys.ts'
import { createMongoStore } from './store.mongo.ts'
import { mongoThrottleRepository } from './throttle.mongo.ts'

export interface Reply {
  status: number
  headers: Headers
  // Tests read deep into replies whose shape is what they check.
  body: { success?: boolean; data: Record<string, never>; error: { code: string; details: Record<string, never> } }
}

export interface SendOptions {
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

/** Auth on a real Mongo with a database of its own and a clock that stands still. */
export async function startTestAuth(
  options: { takeAttempt?: TakeAttempt; isHttps?: boolean; isSecondFactorRequired?: boolean } = {},
) {
  const { url } = await startTestMongo()
  const log = silentLog()
  const clock = fixedClock(new Date('2026-03-01T10:00:00Z'))
  const connection = await connectMongo(url, newId('auth').replace('_', '-'), log)
  const { store, storeIn } = createMongoStore(connection)
  const inbox = mongoInbox(connection)
  const throttles = mongoThrottleRepository(connection)
  const keyStore = mongoSigningKeys(connection)
  const keys = await loadKeyRing(keyStore, clock)
  await ensureIndexes(connection)
  const hasher = createPasswordHasher()

  const readAssertion = async (assertion: string, audience = 'auth'): Promise<Identity | null> => {
    const keySet = createLocalJWKSet({ keys: keys.publicKeys() })
    const checks = { algorithms: ['EdDSA'], audience, issuer: 'vitrine-auth', currentDate: clock.now() }
    const verified = await jwtVerify(assertion, keySet, checks).catch(() => null)
    if (!verified) return null
    const { sub, sid, name, roles, permissions } = verified.payload
    return Identity.parse({ userId: sub, sessionId: sid, name, roles, permissions })
  }

  const app = createAuthApp({
    store,
    throttles,
    takeAttempt: options.takeAttempt ?? (async () => {}),
    hasher,
    keys,
    isHttps: options.isHttps ?? false,
    isSecondFactorRequired: options.isSecondFactorRequired ?? false,
    neighbours: {
      listKept: async ({ userId }) => ({ orders: [{ customerId: userId }], reviews: [], messages: [], carts: [] }),
    },
    clock,
    log,
    checks: {},
    verifyCaller: testCallerVerifier,
    verifyIdentity: async (assertion) => (assertion ? readAssertion(assertion) : null),
  })

  async function send(method: string, path: string, { body, headers = {} }: SendOptions = {}): Promise<Reply> {
    const init = {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const response = await app.handle(new Request(`http://localhost${path}`, init))
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } }
  }

  const authorize = (permission: string, headers: Record<string, string> = {}) =>
    send('GET', `/api/auth/authorize?permission=${permission}`, { headers })

  /** As the edge does it: forward-auth first, then the call with the identity it gave. */
  async function call(
    method: string,
    path: string,
    { token, headers = {}, ...rest }: SendOptions = {},
  ): Promise<Reply> {
    if (!token) return send(method, path, { headers, ...rest })
    const gate = await authorize('anyone', {
      authorization: `Bearer ${token}`,
      'x-forwarded-uri': path,
      'x-forwarded-method': method,
    })
    const identity = { 'x-identity': gate.headers.get('x-identity') ?? '', authorization: `Bearer ${token}` }
    return send(method, path, { headers: { ...identity, ...headers }, ...rest })
  }

  const events = () => connection.collection('outbox').find().sort({ occurredAt: 1 }).toArray()
  const register = async (email: string, password = 'a perfectly fine one', name = 'Robin Reader') => {
    const { body } = await send('POST', '/api/auth/register', { body: { email, password, name } })
    return body.data as unknown as { user: { id: string }; accessToken: string; refreshToken: string }
  }
  /** Registers somebody and gives them roles past all rules. */
  const registerAs = async (email: string, roles: string[]) => {
    const signedIn = await register(email)
    await store.users.update(signedIn.user.id, { roles })
    return signedIn
  }
  return {
    app,
    store,
    storeIn,
    inbox,
    connection,
    clock,
    hasher,
    keys,
    keyStore,
    send,
    call,
    authorize,
    register,
    registerAs,
    events,
    readAssertion,
    stop: () => connection.close(),
  }
}

export type TestAuth = Awaited<ReturnType<typeof startTestAuth>>

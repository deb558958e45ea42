import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { MeshState } from '../mesh.process.ts'

const stateDir = process.env.VITRINE_STATE
if (!stateDir) throw new Error('Whole-system tests run through "npm test"; VITRINE_STATE names the mesh.')

/** The mesh's state as it stands in the file now. */
export const state = (): MeshState => MeshState.parse(JSON.parse(readFileSync(join(stateDir, 'state.json'), 'utf8')))

/** What a process has said since the mesh began, such as `traefik.1`. */
export const logOf = (process: string): Promise<string> => Bun.file(join(stateDir, 'logs', `${process}.log`)).text()

export interface Reply<T = Record<string, unknown>> {
  status: number
  headers: Headers
  data: T
  error: { code: string; message: string; details?: Record<string, unknown>; requestId: string }
  text: string
}

export interface Call {
  method?: string
  body?: unknown
  token?: string | undefined
  headers?: Record<string, string>
  base?: string
  timeoutMs?: number
}

/** One call through the edge (or `base`); the envelope is taken apart. */
// Tests name the shape they expect; the assertions that follow are what checks it.
// biome-ignore lint/suspicious/noExplicitAny: a test reads replies of every shape
export async function call<T = any>(
  path: string,
  { method = 'GET', body, token, headers = {}, base = state().edge, timeoutMs = 15_000 }: Call = {},
): Promise<Reply<T>> {
  const isForm = body instanceof FormData
  const response = await fetch(base + path, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    headers: {
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = text.startsWith('{') ? JSON.parse(text) : {}
  return { status: response.status, headers: response.headers, data: json.data, error: json.error, text }
}

const DEMO = {
  admin: ['admin@vitrine.test', 'vitrine-admin-demo'],
  orders: ['orders@vitrine.test', 'vitrine-orders-demo'],
  support: ['support@vitrine.test', 'vitrine-support-demo'],
  shopper: ['shopper@vitrine.test', 'vitrine-shopper-demo'],
} as const

const tokens = new Map<string, Promise<string>>()

async function signIn(role: keyof typeof DEMO): Promise<string> {
  const [email, password] = DEMO[role]
  const reply = await call('/api/auth/login', { method: 'POST', body: { email, password } })
  if (reply.status !== 200) throw new Error(`${role} could not sign in: ${reply.text}`)
  return reply.data.accessToken
}

/** The access token of a demo account, signed in once. */
export function tokenOf(role: keyof typeof DEMO): Promise<string> {
  const known = tokens.get(role) ?? signIn(role)
  tokens.set(role, known)
  return known
}

/** Waits until a condition holds; names it when it never does. */
export async function until<T>(
  what: string,
  attempt: () => Promise<T | null | undefined | false>,
  seconds = 30,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const result = await attempt()
    if (result) return result
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s.`)
    await Bun.sleep(100)
  }
}

export const replicaUrl = (service: string): string => {
  const replica = state().replicas.find((one) => one.service === service)
  if (!replica) throw new Error(`No replica of ${service}.`)
  return replica.url
}

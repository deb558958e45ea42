import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { paths } from './api.generated.ts'

export type { components, operations, paths } from './api.generated.ts'

export interface ShopClientOptions {
  /** Where the shop is, such as `https://shop.example`. */
  url: string
  /** Speaks for somebody: the access token of a login or a refresh. Asked before each call. */
  accessToken?: () => string | null | undefined
  /** For tests, proxies and runtimes with a fetch of their own. */
  fetch?: (request: Request) => Promise<Response>
}

export type ShopClient = Client<paths>

/** What a refused call throws from `dataOf`: the envelope's error with its status. */
export interface Refusal extends Error {
  status: number
  /** The code of the contract, such as `out_of_stock`. */
  code: string
  details: Record<string, unknown>
  requestId: string
}

/**
 * Every route of the shop, typed by path, with its body, its query and its replies. A guest's cart is remembered: the
 * id that the shop issues with the first line goes along with every later call.
 *
 *     const shop = createShopClient({ url: 'http://localhost:8080' })
 *     const { items } = dataOf(await shop.GET('/api/catalog/products', { params: { query: { q: 'chair' } } }))
 */
export function createShopClient({ url, accessToken, fetch }: ShopClientOptions): ShopClient {
  const client = createClient<paths>({ baseUrl: url, ...(fetch ? { fetch } : {}) })
  let cartId: string | null = null
  const identify: Middleware = {
    onRequest({ request }) {
      const token = accessToken?.()
      if (token) request.headers.set('authorization', `Bearer ${token}`)
      if (cartId && !request.headers.has('x-cart-id')) request.headers.set('x-cart-id', cartId)
      return request
    },
    onResponse({ response }) {
      cartId = response.headers.get('x-cart-id') ?? cartId
    },
  }
  client.use(identify)
  return client
}

interface Answer<T> {
  data?: { success: true; data: T }
  error?: unknown
  response: Response
}

function refusalOf({ error, response }: Answer<unknown>): Refusal {
  // Every refusal comes in the envelope; a proxy in between may answer something else.
  const said = (error as { error?: Partial<Refusal> } | undefined)?.error
  const {
    code = 'unavailable',
    message = `The shop answered ${response.status}.`,
    details = {},
    requestId = '',
  } = said ?? {}
  return Object.assign(new Error(message), { name: 'Refusal', status: response.status, code, details, requestId })
}

/** What stands in the envelope of a reply. Throws a `Refusal` when there is none. */
export function dataOf<T>(answer: Answer<T>): T {
  if (answer.data) return answer.data.data
  throw refusalOf(answer)
}

export const isRefusal = (error: unknown, code?: string): error is Refusal =>
  error instanceof Error && error.name === 'Refusal' && (code === undefined || ('code' in error && error.code === code))

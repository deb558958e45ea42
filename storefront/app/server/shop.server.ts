import type { Category } from '@vitrine/contracts/categories'
import { CategoryTree } from '@vitrine/contracts/categories'
import { PaymentConfig } from '@vitrine/contracts/payments'
import { api } from '#app/server/api.server.ts'
import { pageMarkOf } from '#app/server/page-key.server.ts'

const FRESH_MS = 60_000
const RETRY_MS = 3_000

/**
 * Remembers what every page needs and seldom changes. A stale value is shown while the next one is fetched; one of
 * another mark of changes than the page is made for (`markOf`) is not shown.
 */
function remembered<T>(load: (request: Request) => Promise<T>, markOf: (request: Request) => string | null) {
  let value: T | null = null
  let madeFor: string | null = null
  let freshUntil = 0
  let loading: { mark: string | null; done: Promise<T | null> } | null = null

  async function refresh(request: Request, mark: string | null): Promise<T | null> {
    try {
      value = await load(request)
      madeFor = mark
      freshUntil = Date.now() + FRESH_MS
    } catch {
      freshUntil = Date.now() + RETRY_MS
    } finally {
      loading = null
    }
    return value
  }

  return {
    peek: () => value,
    async get(request: Request): Promise<T | null> {
      const mark = markOf(request)
      const isAsOfMark = mark === null || mark === madeFor
      if (isAsOfMark && Date.now() < freshUntil) return value
      if (!loading || (mark !== null && loading.mark !== mark)) {
        const headers = { 'X-Request-Id': 'req_shared_values' }
        loading = { mark, done: refresh(new Request(request.url, { headers }), mark) }
      }
      return isAsOfMark ? (value ?? loading.done) : loading.done
    },
  }
}

const categories = remembered<Category[]>(async (request) => {
  const tree = await api(request).get(CategoryTree, '/api/catalog/categories')
  return tree.items
}, pageMarkOf)

const paymentConfig = remembered<PaymentConfig>(
  (request) => api(request).get(PaymentConfig, '/api/payments/config'),
  () => null,
)

/** The category tree for the menu; empty while the catalog is away. */
export const listCategories = async (request: Request): Promise<Category[]> => (await categories.get(request)) ?? []

/** How the shop takes payments; null while the payment service is away. */
export const findPaymentConfig = (request: Request): Promise<PaymentConfig | null> => paymentConfig.get(request)

/** Whether the built-in sandbox answers instead of Stripe, as far as known. */
export const isSandbox = (): boolean => paymentConfig.peek()?.mode === 'sandbox'

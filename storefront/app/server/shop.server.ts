import type { Category } from '@vitrine/contracts/categories'
import { CategoryTree } from '@vitrine/contracts/categories'
import { PaymentConfig } from '@vitrine/contracts/payments'
import { api } from '#app/server/api.server.ts'

const FRESH_MS = 60_000
const RETRY_MS = 3_000

/** Remembers what every page needs and seldom changes. A stale value is shown while the next one is fetched. */
function remembered<T>(load: (request: Request) => Promise<T>) {
  let value: T | null = null
  let freshUntil = 0
  let loading: Promise<T | null> | null = null

  async function refresh(request: Request): Promise<T | null> {
    try {
      value = await load(request)
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
      if (Date.now() < freshUntil) return value
      loading ??= refresh(new Request(request.url, { headers: { 'X-Request-Id': 'req_shared_values' } }))
      return value ?? loading
    },
  }
}

const categories = remembered<Category[]>(async (request) => {
  const tree = await api(request).get(CategoryTree, '/api/catalog/categories')
  return tree.items
})

const paymentConfig = remembered<PaymentConfig>((request) => api(request).get(PaymentConfig, '/api/payments/config'))

/** The category tree for the menu; empty while the catalog is away. */
export const listCategories = async (request: Request): Promise<Category[]> => (await categories.get(request)) ?? []

/** How the shop takes payments; null while the payment service is away. */
export const findPaymentConfig = (request: Request): Promise<PaymentConfig | null> => paymentConfig.get(request)

/** Whether the built-in sandbox answers instead of Stripe, as far as known. */
export const isSandbox = (): boolean => paymentConfig.peek()?.mode === 'sandbox'

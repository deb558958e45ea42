import { CartView, MAX_LINE_QUANTITY } from '@vitrine/contracts/cart'
import { api, isApiError } from '#app/server/api.server.ts'
import { withCookies } from '#app/server/cookies.server.ts'

const PATH = '/api/cart'

export function readQuantity(value: unknown, lowest: number): number {
  const quantity = Math.trunc(Number(value))
  if (!Number.isFinite(quantity)) return Math.max(1, lowest)
  return Math.min(MAX_LINE_QUANTITY, Math.max(lowest, quantity))
}

/** Adds to the cart. A guest whose cart has ended gets a new one. */
export async function addLine(request: Request, sku: string, quantity: number): Promise<CartView> {
  try {
    return await api(request).post(CartView, `${PATH}/lines`, { sku, quantity })
  } catch (error) {
    if (!isApiError(error, 'not_found')) throw error
    return api(withCookies(request, { cart: null })).post(CartView, `${PATH}/lines`, { sku, quantity })
  }
}

/** What a form of the cart page asks for: `remove`, `later` (the product), a promotion code, or a new quantity. */
export async function changeCart(request: Request, form: FormData): Promise<CartView> {
  const client = api(request)
  const sku = String(form.get('sku') ?? '')
  const linePath = `${PATH}/lines/${encodeURIComponent(sku)}`
  if (form.has('remove') || form.has('later')) return client.delete(CartView, linePath)
  if (form.has('code')) return client.post(CartView, `${PATH}/promotion`, { code: String(form.get('code')) })
  if (form.has('dropCode')) return client.delete(CartView, `${PATH}/promotion`)
  const set = form.get('set') || form.get('quantity')
  return client.patch(CartView, linePath, { quantity: readQuantity(set, 0) })
}

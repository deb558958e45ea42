import type { Identity } from '@vitrine/contracts/identity'
import { AppError, invalidInput, notFound } from '@vitrine/kernel/errors'
import { handOf } from '@vitrine/kernel/staff-act'
import type { Viewer } from './order.service.ts'

function cookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name || key === `__Host-${name}`) return decodeURIComponent(value.join('='))
  }
  return null
}

/** Who asks for one order: by identity, by `X-Order-Token`, or by the browser's cookie of that order. */
export const viewerOf = (request: Request, identity: Identity | null, requestId: string, orderId: string): Viewer => ({
  identity,
  requestId,
  hand: handOf({ identity, request, requestId }),
  token: request.headers.get('x-order-token') ?? cookie(request, `order_${orderId}`),
})

const isGuestCart = (id: string) => id.startsWith('crt_')

/** The cart a buyer may check out: one's own by user id, or a guest's by its unguessable id. */
export function cartOf(request: Request, identity: Identity | null, named: string | undefined): string {
  if (identity) {
    if (!named || named === identity.userId) return identity.userId
    if (isGuestCart(named)) return named
    throw notFound('cart')
  }
  const id = named ?? request.headers.get('x-cart-id') ?? cookie(request, 'cart')
  if (!id) throw invalidInput({ cartId: ['Name the basket, by cartId or X-Cart-Id.'] })
  if (!isGuestCart(id)) throw notFound('cart')
  return id
}

/** The `Idempotency-Key` header, which some routes demand. */
export function requireKey(request: Request): string {
  const key = request.headers.get('idempotency-key')?.trim() ?? ''
  if (key.length >= 1 && key.length <= 200) return key
  throw new AppError('invalid_input', 'Send an Idempotency-Key header of 1 to 200 characters.', {
    fields: { 'Idempotency-Key': ['This header is required.'] },
  })
}

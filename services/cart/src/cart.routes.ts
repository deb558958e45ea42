import { CartLineInput, CartPromotionInput, CartQuantityInput, CartSnapshot, CartView } from '@vitrine/contracts/cart'
import type { Identity } from '@vitrine/contracts/identity'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { notFound } from '@vitrine/kernel/errors'
import { z } from 'zod'
import type { CartService } from './cart.service.ts'
import { guestIdOf, type Owner, ownerOf } from './owner.ts'

const Line = z.object({ sku: z.string().trim().min(1).max(64) })
const CartId = z.object({ cartId: z.string().min(1).max(80) })
const response = replies(CartView)

function requireOwner(request: Request, identity: Identity | null): Owner {
  const owner = ownerOf(request, identity)
  if (!owner) throw notFound('cart')
  return owner
}

export function cartRoutes(app: ReturnType<typeof createServiceApp>, carts: CartService) {
  type Headers = Record<string, string | number>

  /** Every reply is the whole cart; a guest also finds its id in the header. */
  function reply(view: CartView, identity: Identity | null, set: { headers: Headers }) {
    if (view.id && !identity) set.headers['x-cart-id'] = view.id
    return ok(view)
  }

  const base = '/api/cart'
  return app
    .get(
      base,
      async ({ request, identity, requestId, set }) =>
        reply(await carts.show(ownerOf(request, identity), requestId), identity, set),
      { detail: { summary: 'The whole cart', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] }, response },
    )
    .post(
      `${base}/lines`,
      async ({ body, request, identity, requestId, set }) =>
        reply(await carts.add(ownerOf(request, identity), body, requestId), identity, set),
      {
        body: CartLineInput,
        detail: { summary: 'Add to the cart', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] },
        response,
      },
    )
    .patch(
      `${base}/lines/:sku`,
      async ({ params, body, request, identity, requestId, set }) => {
        const owner = requireOwner(request, identity)
        return reply(await carts.setQuantity(owner, params.sku, body.quantity, requestId), identity, set)
      },
      {
        params: Line,
        body: CartQuantityInput,
        detail: {
          summary: 'Set a quantity; 0 removes the line',
          'x-headers': ['X-Cart-Id'],
          'x-errors': ['not_found'],
        },
        response,
      },
    )
    .delete(
      `${base}/lines/:sku`,
      async ({ params, request, identity, requestId, set }) =>
        reply(await carts.removeLine(requireOwner(request, identity), params.sku, requestId), identity, set),
      {
        params: Line,
        detail: { summary: 'Remove a line', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] },
        response,
      },
    )
    .delete(
      base,
      async ({ request, identity, requestId, set }) =>
        reply(await carts.clear(requireOwner(request, identity), requestId), identity, set),
      { detail: { summary: 'Empty the cart', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] }, response },
    )
    .post(
      `${base}/promotion`,
      async ({ body, request, identity, requestId, set }) =>
        reply(await carts.setPromotion(requireOwner(request, identity), body.code, requestId), identity, set),
      {
        body: CartPromotionInput,
        detail: { summary: 'Use a promotion code', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] },
        response,
      },
    )
    .delete(
      `${base}/promotion`,
      async ({ request, identity, requestId, set }) =>
        reply(await carts.removePromotion(requireOwner(request, identity), requestId), identity, set),
      {
        detail: { summary: 'Drop the promotion code', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] },
        response,
      },
    )
    .post(
      `${base}/merge`,
      // `signedIn` has refused everybody without an identity.
      async ({ request, identity, requestId }) =>
        ok(await carts.merge((identity as Identity).userId, guestIdOf(request), requestId)),
      {
        signedIn: true,
        detail: {
          summary: "Take over the guest's cart after sign-in",
          'x-headers': ['X-Cart-Id'],
          'x-errors': ['not_found'],
        },
        response,
      },
    )
    .get('/internal/cart/carts/:cartId', async ({ params }) => ok(await carts.snapshot(params.cartId)), {
      callers: ['orders'],
      params: CartId,
      response: replies(CartSnapshot),
    })
}

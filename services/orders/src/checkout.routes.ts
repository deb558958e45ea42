import { CheckoutInput, CheckoutReply, Quote, QuoteInput } from '@vitrine/contracts/orders'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { cartOf, requireKey } from './buyer.ts'
import type { CheckoutService } from './checkout.service.ts'
import type { Once } from './idempotency.service.ts'
import type { QuoteService } from './quote.service.ts'

export interface CheckoutRouteDeps {
  quotes: QuoteService
  checkout: CheckoutService
  once: Once
}

export function checkoutRoutes(
  app: ReturnType<typeof createServiceApp>,
  { quotes, checkout, once }: CheckoutRouteDeps,
) {
  return app
    .post(
      '/api/orders/quote',
      async ({ body, request, identity, requestId, now }) => {
        const cartId = cartOf(request, identity, body.cartId)
        const context = { cartId, customerId: identity?.userId ?? null, requestId, now }
        return ok((await quotes.price(body, context)).quote)
      },
      {
        body: QuoteInput,
        detail: { summary: 'What a checkout would cost now', 'x-headers': ['X-Cart-Id'], 'x-errors': ['not_found'] },
        response: replies(Quote),
      },
    )
    .post(
      '/api/orders/checkout',
      async ({ body, request, identity, requestId, now, set }) => {
        const key = requireKey(request)
        const cartId = cartOf(request, identity, body.cartId)
        const customerId = identity?.userId ?? null
        const reply = await once(
          { caller: customerId ?? cartId, key, body: { ...body, cartId }, now },
          (orderId, isFirst) => checkout.run({ orderId, isFirst, cartId, customerId, input: body, requestId, now }),
        )
        set.status = 201
        return ok(reply)
      },
      {
        body: CheckoutInput,
        detail: {
          summary: 'Place the order',
          'x-headers': ['Idempotency-Key', 'X-Cart-Id'],
          'x-errors': ['not_found', 'payment_failed'],
        },
        response: replies(CheckoutReply, 201),
      },
    )
}

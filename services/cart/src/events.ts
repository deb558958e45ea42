import type { ConsumerOptions, EventHandlers } from '@vitrine/kernel/consumer'
import type { CartRepository } from './cart.repository.ts'
import type { CartService } from './cart.service.ts'

/** What a cart hears: what was bought leaves it, and it ends with its account. */
export const createEventHandlers = (carts: CartService): EventHandlers => ({
  'order.confirmed': (event) => carts.removeBought(event.data, event.id),
  'user.deleted': (event) => carts.forget(event.data.userId, event.requestId ?? event.id),
})

type Effect = Parameters<ConsumerOptions['inbox']['once']>[1]

/** The inbox of a service without MongoDB: the repository marks an event in the same step as its effect. */
export const redisInbox = (carts: Pick<CartRepository, 'hasSeen'>): ConsumerOptions['inbox'] => ({
  async once(eventId, effect) {
    if (await carts.hasSeen(eventId)) return false
    // There is no transaction here; the handlers above take no session.
    await effect(undefined as unknown as Parameters<Effect>[0])
    return true
  },
})

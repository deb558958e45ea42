import { createServiceApp } from '@vitrine/kernel/app'
import { peopleRoutes } from '@vitrine/kernel/people'
import { cartRoutes } from './cart.routes.ts'
import type { CartService } from './cart.service.ts'

export type CartDeps = Omit<Parameters<typeof createServiceApp>[0], 'name'> & { service: CartService }

export function createCartApp({ service, ...deps }: CartDeps) {
  const app = createServiceApp({ ...deps, name: 'cart' })
  peopleRoutes(app, 'cart', { list: ({ userId }) => service.listOf(userId) })
  return cartRoutes(app, service)
}

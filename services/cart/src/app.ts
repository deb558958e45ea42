import { createServiceApp } from '@vitrine/kernel/app'
import { cartRoutes } from './cart.routes.ts'
import type { CartService } from './cart.service.ts'

export type CartDeps = Omit<Parameters<typeof createServiceApp>[0], 'name'> & { service: CartService }

export const createCartApp = ({ service, ...deps }: CartDeps) =>
  cartRoutes(createServiceApp({ ...deps, name: 'cart' }), service)

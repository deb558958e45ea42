import { createServiceApp } from '@vitrine/kernel/app'
import { type PaymentRouteDeps, paymentRoutes } from './payment.routes.ts'

export type PaymentAppDeps = Omit<Parameters<typeof createServiceApp>[0], 'name'> & PaymentRouteDeps

export const createPaymentApp = (deps: PaymentAppDeps) =>
  paymentRoutes(createServiceApp({ ...deps, name: 'payments' }), deps)

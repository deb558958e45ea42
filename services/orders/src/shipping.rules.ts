import type { Currency } from '@vitrine/contracts/money'
import type { ShippingMethod } from '@vitrine/contracts/orders'

const METHODS = [
  { id: 'standard', name: 'Standard delivery', amount: 490, estimate: '3–5 working days' },
  { id: 'express', name: 'Express delivery', amount: 1290, estimate: '1–2 working days' },
] as const

export const DEFAULT_SHIPPING_METHOD = 'standard'

/** Every way an order can be sent, priced in `currency`. */
export const shippingMethods = (currency: Currency): ShippingMethod[] =>
  METHODS.map(({ id, name, amount, estimate }) => ({ id, name, price: { amount, currency }, estimate }))

export const isShippingMethod = (id: string): boolean => METHODS.some((method) => method.id === id)

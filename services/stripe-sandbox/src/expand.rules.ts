import { invalidRequest } from './failure.ts'

/** Which fields hold the id of another object, by the kind they stand in. */
const LINKS: Record<string, readonly string[]> = {
  payment_intent: ['latest_charge', 'payment_method', 'customer', 'review'],
  setup_intent: ['payment_method', 'customer'],
  payment_method: ['customer'],
  charge: ['payment_intent', 'balance_transaction', 'customer', 'review', 'failure_balance_transaction', 'refunds'],
  refund: [
    'charge',
    'payment_intent',
    'balance_transaction',
    'failure_balance_transaction',
    'customer',
    'payment_method',
  ],
  dispute: ['charge', 'payment_intent'],
  'radar.early_fraud_warning': ['charge', 'payment_intent'],
  review: ['charge', 'payment_intent'],
  balance_transaction: ['source'],
  customer: ['default_source'],
}
/** Stripe follows a path for at most this many steps. */
const MAX_DEPTH = 4

export const isLink = (kind: string, field: string): boolean => LINKS[kind]?.includes(field) ?? false

/** The paths to follow, checked for their depth. */
export function pathsOf(expand: unknown): string[][] {
  if (expand === undefined) return []
  const names = Array.isArray(expand) ? expand.map(String) : []
  for (const name of names) {
    const depth = name.split('.').filter((part) => part !== 'data').length
    if (depth > MAX_DEPTH) {
      throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property. Property: ${name}.`)
    }
  }
  return names.map((name) => name.split('.'))
}

export const notExpandable = (path: readonly string[]) =>
  invalidRequest(
    `This property cannot be expanded (${path.join('.')}). You may want to try expanding 'data.${path.join('.')}' instead.`,
    { param: 'expand' },
  )

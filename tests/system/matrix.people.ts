import { BUILT_IN_ROLES, type Permission } from '@vitrine/contracts/permissions'
import { checkoutBody } from './buyer.ts'
import { call, tokenOf } from './edge.client.ts'
import { productWithStock } from './stock.ts'

export const ROLES = ['nobody', 'customer', 'support', 'order-manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

export interface Person {
  role: Role
  email: string
  /** Undefined for nobody. */
  token: string | undefined
  permissions: readonly Permission[]
}

const PASSWORD = 'a-long-enough-password'

/** Somebody new: the demo accounts stay signed in whatever a test does to sessions. */
export async function newPerson(role: Role): Promise<Person> {
  if (role === 'nobody') return { role, email: '', token: undefined, permissions: [] }
  const email = `matrix-${crypto.randomUUID().slice(0, 8)}@example.com`
  const body = { email, password: PASSWORD, name: `Matrix ${role}` }
  const made = await call('/api/auth/register', { method: 'POST', body })
  if (made.status !== 201) throw new Error(`register: ${made.text}`)
  if (role !== 'customer') {
    const path = `/api/auth/users/${made.data.user.id}`
    const granted = await call(path, { method: 'PATCH', body: { roles: [role] }, token: await tokenOf('admin') })
    if (granted.status !== 200) throw new Error(`grant ${role}: ${granted.text}`)
  }
  return { role, email, token: await tokenFor(email), permissions: BUILT_IN_ROLES[role] ?? [] }
}

/** One more session of somebody. */
export async function tokenFor(email: string): Promise<string> {
  const reply = await call('/api/auth/login', { method: 'POST', body: { email, password: PASSWORD } })
  if (reply.status !== 200) throw new Error(`login: ${reply.text}`)
  return reply.data.accessToken
}

async function orderOf({ email, token }: Person): Promise<string> {
  const { sku } = await productWithStock(3)
  await call('/api/cart/lines', { method: 'POST', token, body: { sku, quantity: 1 } })
  const quote = await call('/api/orders/quote', { method: 'POST', token, body: checkoutBody(email) })
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const body = checkoutBody(email, quote.data.total)
  const placed = await call('/api/orders/checkout', { method: 'POST', token, headers, body })
  if (placed.status !== 201) throw new Error(`checkout: ${placed.text}`)
  return placed.data.order.id
}

async function addressOf({ token }: Person): Promise<string> {
  const body = { name: 'Mara', line1: 'Birch Lane 4', city: 'Berlin', postalCode: '10115', country: 'DE' }
  const reply = await call('/api/auth/addresses', { method: 'POST', token, body })
  if (reply.status !== 201) throw new Error(`address: ${reply.text}`)
  return reply.data.id
}

/** A session beside the one the person's token belongs to. */
async function sessionOf({ email, token }: Person): Promise<string> {
  await tokenFor(email)
  const { data } = await call('/api/auth/sessions', { token })
  return data.items.find((session: { isCurrent: boolean }) => !session.isCurrent).id
}

/** What people own, and how they come by it. */
export const MAKE = { order: orderOf, address: addressOf, session: sessionOf }

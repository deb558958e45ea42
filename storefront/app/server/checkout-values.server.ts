import type { Address } from '@vitrine/contracts/address'
import { type SavedAddress, SavedAddresses } from '@vitrine/contracts/auth'
import { z } from 'zod'
import { NEW_ADDRESS } from '#app/features/checkout/address-step.tsx'
import { api } from '#app/server/api.server.ts'
import { findUser, hasSession } from '#app/server/auth.server.ts'
import { loadOrder } from '#app/server/order.server.ts'

const PATH = '/api/auth/addresses'
const ADDRESS_FIELDS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'phone'] as const

type Values = Record<string, string>

/** The saved addresses of whoever is signed in; none while they cannot be told. */
export async function listSavedAddresses(request: Request): Promise<SavedAddress[]> {
  if (!hasSession(request)) return []
  const saved = await api(request)
    .get(SavedAddresses, PATH)
    .catch(() => null)
  return saved?.items ?? []
}

/** The fields of an address as those of a form. */
export const addressValues = (address: Partial<Address>, prefix = ''): Values =>
  Object.fromEntries(
    ADDRESS_FIELDS.flatMap((name) => {
      const value = address[name]
      return value ? [[`${prefix}${name}`, value]] : []
    }),
  )

const isSame = (one: Address, other: Address) =>
  ADDRESS_FIELDS.every((name) => (one[name] ?? '') === (other[name] ?? ''))

/** What was filled in for an order that is not paid yet, for changing it. Nothing when it is not the visitor's. */
async function orderValues(request: Request, orderId: string): Promise<Values> {
  const order = await loadOrder(request, orderId).catch(() => null)
  if (order?.status !== 'pending') return {}
  const { shipping, billing } = order.addresses
  return {
    email: order.email,
    shippingMethod: order.shippingMethod,
    addressId: NEW_ADDRESS,
    ...addressValues(shipping),
    billingAsked: 'yes',
    ...(isSame(shipping, billing) ? { billingSame: 'yes' } : addressValues(billing, 'billing.')),
  }
}

/** What is known before anything is typed: of the order that is being changed (`?order=`), or of the account. */
export async function knownValues(request: Request): Promise<Values> {
  const orderId = new URL(request.url).searchParams.get('order')
  const [user, ordered] = await Promise.all([findUser(request), orderId ? orderValues(request, orderId) : {}])
  return { ...(user ? { email: user.email, name: user.name } : {}), ...ordered }
}

/** The values of a form with the fields of the saved address that was chosen in it. */
export async function withChosenAddress(request: Request, values: Values): Promise<Values> {
  if (!values.addressId || values.addressId === NEW_ADDRESS) return values
  const saved = await listSavedAddresses(request)
  const chosen = saved.find(({ id }) => id === values.addressId)
  if (!chosen) return { ...values, addressId: NEW_ADDRESS }
  const others = Object.entries(values).filter(([name]) => !ADDRESS_FIELDS.some((field) => field === name))
  return { ...Object.fromEntries(others), ...addressValues(chosen) }
}

/** Keeps the address of an order in the account where that was ticked; the order does not depend on it. */
export async function keepAddress(request: Request, values: Values, address: Address): Promise<void> {
  const isTyped = !values.addressId || values.addressId === NEW_ADDRESS
  if (!hasSession(request) || !values.keepAddress || !isTyped) return
  await api(request)
    .post(z.unknown(), PATH, address)
    .catch(() => undefined)
}

import { invalidInput } from '@vitrine/kernel/errors'
import type { Model, QueryFilter } from 'mongoose'
import type { OrderFilter, PromotionUser, Session } from './order.repository.ts'
import type { OrderDoc } from './order.schema.mongo.ts'
import type { OrderRecord } from './order.ts'

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const endOf = (to: string) => new Date(to.length === 10 ? `${to}T23:59:59.999Z` : to)

/** Orders are listed newest first; a cursor names the last one seen. */
export const cursorAfter = (order: OrderRecord | undefined): string | null =>
  order ? Buffer.from(`${order.createdAt.getTime()}.${order.id}`).toString('base64url') : null

function afterCursor(cursor: string): QueryFilter<OrderDoc> {
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split('.')
  const createdAt = new Date(Number(time))
  if (!id || Number.isNaN(createdAt.getTime())) throw invalidInput({ cursor: ['This cursor is not one of ours.'] })
  return { $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }] }
}

function search(q: string): QueryFilter<OrderDoc> {
  const prefix = new RegExp(`^${escapeRegExp(q)}`, 'i')
  const anywhere = new RegExp(escapeRegExp(q), 'i')
  return { $or: [{ number: prefix }, { email: prefix }, { _id: q }, { 'addresses.shipping.name': anywhere }] }
}

export function toFilter(filter: OrderFilter): { base: QueryFilter<OrderDoc>; paged: QueryFilter<OrderDoc> } {
  const createdAt = {
    ...(filter.from ? { $gte: new Date(filter.from) } : {}),
    ...(filter.to ? { $lte: endOf(filter.to) } : {}),
  }
  const base: QueryFilter<OrderDoc> = {
    $and: [
      {},
      ...(filter.customerId ? [{ customerId: filter.customerId }] : []),
      ...(filter.status ? [{ status: filter.status }] : []),
      ...(filter.q ? [search(filter.q)] : []),
      ...(Object.keys(createdAt).length > 0 ? [{ createdAt }] : []),
    ],
  }
  return { base, paged: filter.cursor ? { $and: [base, afterCursor(filter.cursor)] } : base }
}

const ENDED = ['cancelled', 'expired'] as const

/** Uses are counted from the orders themselves, so nothing can drift; an order that ended gives its use back. */
export async function countPromotionUse(
  orders: Model<OrderDoc>,
  code: string,
  { email, customerId, cartId }: PromotionUser,
  session?: Session,
): Promise<{ total: number; byCustomer: number }> {
  const used: QueryFilter<OrderDoc> = {
    'promotion.code': code,
    status: { $nin: ENDED },
    ...(cartId ? { openCartId: { $ne: cartId } } : {}),
  }
  const who = [...(email ? [{ email }] : []), ...(customerId ? [{ customerId }] : [])]
  const options = session ? { session } : {}
  const total = await orders.countDocuments(used, options)
  return { total, byCustomer: who.length > 0 ? await orders.countDocuments({ ...used, $or: who }, options) : 0 }
}

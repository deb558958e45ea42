import type { OrderDoc } from './order.schema.mongo.ts'
import type { OrderRecord } from './order.ts'

/** What the store alone needs is left behind. */
export const toRecord = ({ _id, openCartId: _cart, isOwnerGone: _gone, ...rest }: OrderDoc): OrderRecord => ({
  ...rest,
  id: _id,
})

import type { Connection } from '@vitrine/kernel/mongo'
import type { PeopleKeeper } from '@vitrine/kernel/people'
import type { QueryFilter } from 'mongoose'
import { toRecord } from './order.record.mongo.ts'
import type { Session } from './order.repository.ts'
import type { OrderDoc } from './order.schema.mongo.ts'
import { toOrder } from './order.view.ts'

const MOST_ORDERS = 1000
const NOBODYS_EMAIL = 'deleted@account.invalid'
const NOTHING = '-'

/** An order is finished when nobody has to be written to, or delivered to, any more. */
const FINISHED: QueryFilter<OrderDoc> = {
  status: { $in: ['delivered', 'cancelled', 'expired'] },
  'refunds.status': { $ne: 'pending' },
}

/** Only the country stays of an address: the shop's books need it for tax. */
const withoutPerson = (path: string) => ({
  name: 'Former customer',
  line1: NOTHING,
  city: NOTHING,
  postalCode: NOTHING,
  country: `$${path}.country`,
})

export interface OrderPeople extends PeopleKeeper {
  /** Takes the person out of orders that were still under way when their account was deleted. */
  anonymiseFinished(): Promise<void>
}

/** Orders stay for the shop's books; the person leaves them. Call after the repository of orders. */
export function mongoOrderPeople(connection: Connection): OrderPeople {
  const orders = connection.model<OrderDoc>('Order')

  async function anonymise(session?: Session): Promise<void> {
    await orders.updateMany(
      { isOwnerGone: true, ...FINISHED },
      [
        {
          $set: {
            email: NOBODYS_EMAIL,
            customerId: null,
            isOwnerGone: false,
            version: { $add: ['$version', 1] },
            addresses: {
              shipping: withoutPerson('addresses.shipping'),
              billing: withoutPerson('addresses.billing'),
            },
          },
        },
      ],
      { updatePipeline: true, ...(session ? { session } : {}) },
    )
  }

  return {
    async list({ userId }) {
      const docs = await orders
        .find({ customerId: userId })
        .sort({ createdAt: -1, _id: -1 })
        .limit(MOST_ORDERS)
        .lean<OrderDoc[]>()
      return docs.map((doc) => ({ ...toOrder(toRecord(doc)) }))
    },
    async forget({ userId }, session) {
      await orders.updateMany({ customerId: userId }, { $set: { isOwnerGone: true } }, { session })
      await anonymise(session)
    },
    anonymiseFinished: () => anonymise(),
  }
}

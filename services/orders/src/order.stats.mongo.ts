import type { Currency, Money } from '@vitrine/contracts/money'
import type { OrderStats } from '@vitrine/contracts/orders'
import type { Model } from 'mongoose'
import type { OrderDoc } from './order.schema.mongo.ts'

interface StatsFacets {
  statuses: { _id: string; count: number }[]
  sums: { orders: number; revenue: number; refunded: number; currency: Currency }[]
  days: { _id: string; orders: number; revenue: number }[]
  products: { _id: string; title: string; quantity: number; revenue: number }[]
  items: { quantity: number }[]
}

const paid = { $match: { paymentStatus: { $ne: 'unpaid' } } }
const revenue = { $sum: '$total.amount' }

const FACETS = {
  statuses: [{ $group: { _id: '$status', count: { $sum: 1 } } }],
  sums: [
    paid,
    {
      $group: {
        _id: null,
        orders: { $sum: 1 },
        revenue,
        refunded: { $sum: '$refundedTotal.amount' },
        currency: { $first: '$total.currency' },
      },
    },
  ],
  days: [
    paid,
    {
      $group: {
        _id: { $dateToString: { date: '$createdAt', format: '%Y-%m-%d' } },
        orders: { $sum: 1 },
        revenue,
      },
    },
    { $sort: { _id: 1 as const } },
  ],
  items: [paid, { $unwind: '$lines' }, { $group: { _id: null, quantity: { $sum: '$lines.quantity' } } }],
  products: [
    paid,
    { $unwind: '$lines' },
    {
      $group: {
        _id: '$lines.sku',
        title: { $first: '$lines.title' },
        quantity: { $sum: '$lines.quantity' },
        revenue: { $sum: '$lines.total.amount' },
      },
    },
    { $sort: { revenue: -1 as const, _id: 1 as const } },
    { $limit: 10 },
  ],
}

/** What was sold between two moments, counted by the database. */
export async function readStats(orders: Model<OrderDoc>, from: Date, to: Date): Promise<OrderStats> {
  const [facets] = await orders.aggregate<StatsFacets>([
    { $match: { createdAt: { $gte: from, $lte: to } } },
    { $facet: FACETS },
  ])
  const sums = facets?.sums[0]
  const money = (amount: number): Money => ({ amount, currency: sums?.currency ?? 'EUR' })
  return {
    orders: sums?.orders ?? 0,
    revenue: money(sums?.revenue ?? 0),
    refunded: money(sums?.refunded ?? 0),
    averageOrder: money(sums ? Math.round(sums.revenue / sums.orders) : 0),
    itemsSold: facets?.items[0]?.quantity ?? 0,
    byStatus: Object.fromEntries((facets?.statuses ?? []).map(({ _id, count }) => [_id, count])),
    byDay: (facets?.days ?? []).map(({ _id, orders, revenue }) => ({ day: _id, orders, revenue: money(revenue) })),
    topProducts: (facets?.products ?? []).map(({ _id, title, quantity, revenue }) => ({
      sku: _id,
      title,
      quantity,
      revenue: money(revenue),
    })),
  }
}

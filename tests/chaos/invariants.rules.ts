import type { IntentRow, OrderRow, Snapshot } from './snapshot.ts'

export interface Violation {
  invariant: string
  what: string
}

const SOLD = new Set(['confirmed', 'shipped', 'delivered'])
const GRACE_MS = 60_000
const PAYABLE = new Set(['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'])
/** What may follow what in an order's life, by the types its timeline records. */
const ALLOWED: Record<string, string[]> = {
  placed: ['confirmed', 'expiring', 'cancelling', 'cancelled'],
  expiring: ['confirmed', 'expired'],
  cancelling: ['cancelled', 'confirmed', 'cancel_failed'],
  confirmed: ['cancelling', 'shipped'],
  cancel_failed: ['cancelling', 'shipped'],
  shipped: ['delivered'],
  delivered: [],
  expired: [],
  cancelled: [],
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
const quantityOf = (lines: { sku: string; quantity: number }[], sku: string) =>
  sum(lines.filter((line) => line.sku === sku).map(({ quantity }) => quantity))

type Check = (snapshot: Snapshot) => string[]

const stockAddsUp: Check = ({ stock, initial, impossibleSamples }) => [
  ...impossibleSamples,
  ...Object.keys(initial)
    .filter((sku) => !stock.some((row) => row.sku === sku))
    .map((sku) => `${sku} has no stock row`),
  ...stock.flatMap(({ sku, onHand, reserved, available, sold }) => {
    const isWhole = onHand + sold === initial[sku] && available === onHand - reserved
    const isPossible = [onHand, reserved, available, sold].every((count) => count >= 0)
    const shown = `${sku}: on hand ${onHand}, reserved ${reserved}, available ${available}, sold ${sold} of ${initial[sku]}`
    return isWhole && isPossible ? [] : [shown]
  }),
]

const stockMatchesOrders: Check = ({ stock, reservations, orders }) =>
  stock.flatMap(({ sku, reserved, sold }) => {
    const held = sum(
      reservations.filter(({ status }) => status === 'active').map(({ lines }) => quantityOf(lines, sku)),
    )
    const bought = sum(orders.filter(({ status }) => SOLD.has(status)).map(({ lines }) => quantityOf(lines, sku)))
    return [
      ...(held === reserved ? [] : [`${sku}: ${reserved} reserved, active reservations hold ${held}`]),
      ...(bought === sold ? [] : [`${sku}: ${sold} sold, paid orders have ${bought}`]),
    ]
  })

/** The payments that succeeded, by order. */
const succeededBy = (intents: IntentRow[]) =>
  Map.groupBy(
    intents.filter(({ status }) => status === 'succeeded'),
    ({ orderId }) => orderId,
  )

/** What stands in a list more than once, each time but the first. */
function repeated(values: string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.size === seen.add(value).size)
}

const oneIntentEach: Check = ({ orders, intents }) => {
  const shared = repeated(orders.flatMap(({ paymentIntentId }) => paymentIntentId ?? []))
  const succeeded = succeededBy(intents)
  const double = orders.filter(({ id }) => (succeeded.get(id)?.length ?? 0) > 1)
  return [...shared.map((id) => `${id} pays several orders`), ...double.map(({ id }) => `${id} was paid twice`)]
}

const isPaid = ({ paymentStatus }: OrderRow) => paymentStatus !== 'unpaid'

const paidIsReal: Check = ({ orders, intents }) => {
  const succeeded = succeededBy(intents)
  return orders.filter(isPaid).flatMap(({ id, total, currency }) => {
    const intent = succeeded.get(id)?.[0]
    if (!intent) return [`${id} is paid without a succeeded payment`]
    const isRight = intent.received === total && intent.currency === currency.toLowerCase()
    return isRight ? [] : [`${id} costs ${total} ${currency} and got ${intent.received} ${intent.currency}`]
  })
}

/** The refunds that did not fail, by payment. */
const madeBy = ({ refunds }: Snapshot) =>
  Map.groupBy(
    refunds.filter(({ status }) => status !== 'failed'),
    ({ intentId }) => intentId,
  )

const refundedOf = (made: ReturnType<typeof madeBy>, intentId: string) =>
  sum((made.get(intentId) ?? []).map(({ amount }) => amount))

const moneyHasAnEnd: Check = (snapshot) => {
  const orders = new Map(snapshot.orders.map((order) => [order.id, order]))
  const made = madeBy(snapshot)
  return snapshot.intents.flatMap((intent) => {
    if (intent.status !== 'succeeded') return []
    const order = orders.get(intent.orderId ?? '')
    const isKept = order !== undefined && isPaid(order) && SOLD.has(order.status)
    const isBack = refundedOf(made, intent.id) === intent.received
    if (isKept || isBack) return []
    return [`${intent.id} took ${intent.received} for ${intent.orderId} (${order?.status ?? 'no order'}) and kept it`]
  })
}

const releasedIsClosed: Check = ({ reservations, intents, earlyReleases }) => {
  const payable = new Map(intents.filter(({ status }) => PAYABLE.has(status)).map((intent) => [intent.orderId, intent]))
  const left = reservations.flatMap(({ orderId, status }) => {
    const open = payable.get(orderId)
    return status === 'released' && open ? [`${orderId} gave its stock back while ${open.id} is ${open.status}`] : []
  })
  return [...left, ...earlyReleases.map((orderId) => `${orderId} gave its stock back before its payment was closed`)]
}

const totalsAreFrozen: Check = ({ orders, unitPrice }) =>
  orders.flatMap((order) => {
    const goods = sum(order.lines.map((line) => line.unitPrice * line.quantity))
    const isRight = order.subtotal === goods && order.total === goods - order.discount + order.shipping
    const isOnePrice = order.lines.every((line) => line.unitPrice === unitPrice)
    return isRight && isOnePrice ? [] : [`${order.id}: total ${order.total} of goods ${goods}`]
  })

const oneMail: Check = ({ orders, mails }) => {
  const confirmations = Map.groupBy(
    mails.filter(({ template }) => template === 'order-confirmed'),
    ({ to }) => to,
  )
  return orders.flatMap((order) => {
    const count = confirmations.get(order.email)?.length ?? 0
    const wanted = order.timeline.some(({ type }) => type === 'confirmed') ? 1 : 0
    return count === wanted ? [] : [`${order.id} (${order.status}): ${count} confirmation mails instead of ${wanted}`]
  })
}

const effectsOnce: Check = ({ orders, mails }) => {
  const twice = repeated(mails.map(({ cause }) => cause))
  const doubled = orders.filter(({ timeline }) => timeline.filter(({ type }) => type === 'confirmed').length > 1)
  return [...twice.map((cause) => `mailed twice: ${cause}`), ...doubled.map(({ id }) => `${id} was confirmed twice`)]
}

const holdsEnd: Check = ({ reservations, now }) =>
  reservations.flatMap(({ orderId, status, expiresAt }) =>
    status === 'active' && expiresAt + GRACE_MS < now ? [`the hold of ${orderId} never ended`] : [],
  )

const refundsAreBounded: Check = (snapshot) => {
  const made = madeBy(snapshot)
  return [
    ...snapshot.intents
      .filter((intent) => refundedOf(made, intent.id) > intent.received)
      .map(({ id, received }) => `${id} took ${received} and gave back ${refundedOf(made, id)}`),
    ...snapshot.orders.flatMap(({ id, refundKeys }) =>
      new Set(refundKeys).size === refundKeys.length ? [] : [`${id} has two refunds with one key`],
    ),
    ...snapshot.orders.flatMap(({ id, refundKeys, paymentIntentId }) => {
      const count = made.get(paymentIntentId ?? '')?.length ?? 0
      return count > refundKeys.length ? [`${id} asked for ${refundKeys.length} refunds and got ${count}`] : []
    }),
  ]
}

const livesAreLegal: Check = ({ orders }) =>
  orders.flatMap(({ id, timeline }) => {
    const anonymous = timeline.filter(({ actor, cause }) => !actor || !cause)
    const states = timeline.map(({ type }) => type).filter((type) => type in ALLOWED)
    const wrong = states.filter((type, index) => index > 0 && !ALLOWED[states[index - 1] ?? '']?.includes(type))
    return [
      ...anonymous.map(({ type }) => `${id}: "${type}" without an actor or a cause`),
      ...wrong.map((type) => `${id}: "${type}" does not follow (${states.join(', ')})`),
      ...(states[0] === 'placed' ? [] : [`${id} was never placed`]),
    ]
  })

const nothingLost: Check = ({ acknowledged, orders, carts }) => {
  const known = new Set(orders.map(({ id }) => id))
  return [
    ...acknowledged
      .filter(({ orderId }) => !known.has(orderId))
      .map(({ orderId, email }) => `${orderId} was confirmed to ${email} and is gone`),
    ...carts
      .filter(({ quantity, stored }) => stored !== quantity)
      .map(({ cartId, sku, quantity, stored }) => `${cartId} was told ${quantity} of ${sku} and has ${stored}`),
  ]
}

/** The invariants of the checkout, by the names its documentation gives them. */
export const INVARIANTS: Record<string, Check> = {
  I1: stockAddsUp,
  I2: stockMatchesOrders,
  I3: oneIntentEach,
  I4: paidIsReal,
  I5: moneyHasAnEnd,
  I6: releasedIsClosed,
  I7: totalsAreFrozen,
  I8: oneMail,
  I9: effectsOnce,
  I10: holdsEnd,
  I11: refundsAreBounded,
  I12: livesAreLegal,
  I13: nothingLost,
}

export const violationsOf = (snapshot: Snapshot): Violation[] =>
  Object.entries(INVARIANTS).flatMap(([invariant, check]) => check(snapshot).map((what) => ({ invariant, what })))

/** With no violation in `trials`, its true rate is below this with 95 % confidence (rule of three). */
export const upperBound = (trials: number): number => (trials === 0 ? 1 : Math.min(1, 3 / trials))

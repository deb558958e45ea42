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

const succeededOf = (intents: IntentRow[], orderId: string) =>
  intents.filter((intent) => intent.orderId === orderId && intent.status === 'succeeded')

const oneIntentEach: Check = ({ orders, intents }) => {
  const used = orders.flatMap(({ paymentIntentId }) => (paymentIntentId ? [paymentIntentId] : []))
  const shared = used.filter((id, index) => used.indexOf(id) !== index)
  const double = orders.filter(({ id }) => succeededOf(intents, id).length > 1)
  return [...shared.map((id) => `${id} pays several orders`), ...double.map(({ id }) => `${id} was paid twice`)]
}

const isPaid = ({ paymentStatus }: OrderRow) => paymentStatus !== 'unpaid'

const paidIsReal: Check = ({ orders, intents }) =>
  orders.filter(isPaid).flatMap(({ id, total, currency }) => {
    const [intent] = succeededOf(intents, id)
    if (!intent) return [`${id} is paid without a succeeded payment`]
    const isRight = intent.received === total && intent.currency === currency.toLowerCase()
    return isRight ? [] : [`${id} costs ${total} ${currency} and got ${intent.received} ${intent.currency}`]
  })

const refundedOf = ({ refunds }: Snapshot, intentId: string) =>
  sum(refunds.filter((one) => one.intentId === intentId && one.status !== 'failed').map(({ amount }) => amount))

const moneyHasAnEnd: Check = (snapshot) =>
  snapshot.intents.flatMap((intent) => {
    if (intent.status !== 'succeeded') return []
    const order = snapshot.orders.find(({ id }) => id === intent.orderId)
    const isKept = order !== undefined && isPaid(order) && SOLD.has(order.status)
    const isBack = refundedOf(snapshot, intent.id) === intent.received
    if (isKept || isBack) return []
    return [`${intent.id} took ${intent.received} for ${intent.orderId} (${order?.status ?? 'no order'}) and kept it`]
  })

const releasedIsClosed: Check = ({ reservations, intents }) =>
  reservations.flatMap(({ orderId, status }) => {
    const open = intents.find((intent) => intent.orderId === orderId && PAYABLE.has(intent.status))
    return status === 'released' && open ? [`${orderId} gave its stock back while ${open.id} is ${open.status}`] : []
  })

const totalsAreFrozen: Check = ({ orders, unitPrice }) =>
  orders.flatMap((order) => {
    const goods = sum(order.lines.map((line) => line.unitPrice * line.quantity))
    const isRight = order.subtotal === goods && order.total === goods - order.discount + order.shipping
    const isOnePrice = order.lines.every((line) => line.unitPrice === unitPrice)
    return isRight && isOnePrice ? [] : [`${order.id}: total ${order.total} of goods ${goods}`]
  })

const oneMail: Check = ({ orders, mails }) => {
  const confirmations = mails.filter(({ template }) => template === 'order-confirmed')
  return orders.flatMap((order) => {
    const count = confirmations.filter(({ to }) => to === order.email).length
    const wanted = order.timeline.some(({ type }) => type === 'confirmed') ? 1 : 0
    return count === wanted ? [] : [`${order.id} (${order.status}): ${count} confirmation mails instead of ${wanted}`]
  })
}

const effectsOnce: Check = ({ orders, mails }) => {
  const causes = mails.map(({ cause }) => cause)
  const twice = causes.filter((cause, index) => causes.indexOf(cause) !== index)
  const doubled = orders.filter(({ timeline }) => timeline.filter(({ type }) => type === 'confirmed').length > 1)
  return [...twice.map((cause) => `mailed twice: ${cause}`), ...doubled.map(({ id }) => `${id} was confirmed twice`)]
}

const holdsEnd: Check = ({ reservations, now }) =>
  reservations.flatMap(({ orderId, status, expiresAt }) =>
    status === 'active' && expiresAt + GRACE_MS < now ? [`the hold of ${orderId} never ended`] : [],
  )

const refundsAreBounded: Check = (snapshot) => [
  ...snapshot.intents
    .filter((intent) => refundedOf(snapshot, intent.id) > intent.received)
    .map(({ id, received }) => `${id} took ${received} and gave back ${refundedOf(snapshot, id)}`),
  ...snapshot.orders.flatMap(({ id, refundKeys }) =>
    new Set(refundKeys).size === refundKeys.length ? [] : [`${id} has two refunds with one key`],
  ),
  ...snapshot.orders.flatMap(({ id, refundKeys, paymentIntentId }) => {
    const made = snapshot.refunds.filter(({ intentId, status }) => intentId === paymentIntentId && status !== 'failed')
    return made.length > refundKeys.length
      ? [`${id} asked for ${refundKeys.length} refunds and got ${made.length}`]
      : []
  }),
]

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

const nothingLost: Check = ({ acknowledged, orders }) =>
  acknowledged
    .filter(({ orderId }) => !orders.some(({ id }) => id === orderId))
    .map(({ orderId, email }) => `${orderId} was confirmed to ${email} and is gone`)

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

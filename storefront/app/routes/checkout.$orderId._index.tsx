import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { Confirming, PayPage } from '#app/features/checkout/pay-page.tsx'
import { useLiveStatus } from '#app/features/orders/live-status.ts'
import { stageOf } from '#app/features/orders/order-state.ts'
import { PlacedOrder } from '#app/features/orders/placed-order.tsx'
import { pageMeta } from '#app/features/seo.ts'
import type { RouteHandle } from '#app/root.tsx'
import { answering } from '#app/server/answer.server.ts'
import { isApiError } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { cancelOrder, findPayment, loadOrder } from '#app/server/order.server.ts'
import { paidCookies } from '#app/server/order-cookies.server.ts'

const hasForm = (loaded: unknown) =>
  loaded !== null && typeof loaded === 'object' && 'isPayable' in loaded && loaded.isPayable

export const handle: RouteHandle = { hydrate: true, shell: (loaded) => (hasForm(loaded) ? 'checkout' : 'shop') }

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const orderId = params.orderId ?? ''
  const order = await loadOrder(request, orderId).catch((error: unknown) => {
    if (isApiError(error, 'unauthenticated')) throw redirect('/orders/lookup', 303)
    throw error
  })
  const isPayable = stageOf(order) === 'payable'
  const payment = isPayable ? await findPayment(request, orderId) : null
  const body = { order, payment, isPayable, isSignedIn: hasSession(request) }
  return data(body, { headers: cookieHeaders(...paidCookies(request, order)) })
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await readForm(request)
  const orderId = params.orderId ?? ''
  try {
    await cancelOrder(request, orderId)
  } catch (error) {
    if (!isApiError(error, 'conflict', 'illegal_transition')) throw error
    return data({ message: error.message }, { status: 409 })
  }
  throw redirect(`/checkout/${orderId}`, 303)
})

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  pageMeta({ title: loaded ? `Order ${loaded.order.number}` : 'Order', isHidden: true })

const FINAL = ['delivered', 'expired', 'cancelled']

export default function OrderPage() {
  const { order, payment, isSignedIn } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [isPaid, setPaid] = useState(false)
  const stage = stageOf(order)
  const isWaiting = stage === 'settling' || (stage === 'payable' && isPaid)
  useLiveStatus(order, { isWaiting: isWaiting || order.status === 'cancelling', isFinal: FINAL.includes(order.status) })
  if (isWaiting) return <Confirming order={order} />
  if (stage === 'payable') return <PayPage order={order} payment={payment} onPaid={() => setPaid(true)} />
  return <PlacedOrder order={order} isSignedIn={isSignedIn} problem={refused?.message ?? null} />
}

import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

const WAITING_POLL_MS = 1_000
const IDLE_POLL_MS = 4_000
/** A page that could not be loaded again, as without a network, is tried again after this. */
const RETRY_MS = 2_000

interface Watched {
  id: string
  version: number
  status: string
}

interface LiveStatusOptions {
  /** The buyer has just paid: without the stream, look every second instead of now and then. */
  isWaiting: boolean
  /** Nothing can change any more. */
  isFinal: boolean
}

async function findStatus(orderId: string): Promise<string | null> {
  const reply = await fetch(`/checkout/${orderId}/status`).catch(() => null)
  const now: { status: string } | null = reply?.ok ? await reply.json() : null
  return now?.status ?? null
}

/**
 * Loads the page's data again whenever the order has changed. It listens to the order's events; the browser comes back
 * by itself when the line breaks. Where there is no stream (another device of a signed-in buyer), it asks instead.
 */
export function useLiveStatus(order: Watched, { isWaiting, isFinal }: LiveStatusOptions) {
  const { revalidate } = useRevalidator()
  const latest = useRef({ order, isWaiting, revalidate })
  latest.current = { order, isWaiting, revalidate }
  const { id } = order

  useEffect(() => {
    if (isFinal) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let retry: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const status = await findStatus(id)
      if (status && status !== latest.current.order.status) latest.current.revalidate()
      timer = setTimeout(ask, latest.current.isWaiting ? WAITING_POLL_MS : IDLE_POLL_MS)
    }
    // A line that is up may tell of a change while nothing else gets through, and a page loaded again in vain breaks.
    const follow = async (version: number) => {
      clearTimeout(retry)
      if (version <= latest.current.order.version) return
      retry = setTimeout(follow, RETRY_MS, version)
      if ((await findStatus(id)) !== null) latest.current.revalidate()
    }
    const stream = new EventSource(`/api/orders/events?order=${encodeURIComponent(id)}`)
    stream.addEventListener('order', (event) => {
      const { version }: { version: number } = JSON.parse(event.data)
      void follow(version)
    })
    stream.addEventListener('open', () => {
      clearTimeout(timer)
      timer = undefined
    })
    // While the browser tries to come back, and when it was sent away for good, asking takes over.
    stream.addEventListener('error', () => {
      if (timer === undefined) void ask()
    })
    return () => {
      stream.close()
      clearTimeout(timer)
      clearTimeout(retry)
    }
  }, [id, isFinal])
}

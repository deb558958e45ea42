/** What the forms of the tester's page send, and what the sandbox makes of it. */
export interface Command {
  control: 'webhooks' | 'faults' | 'switches' | 'clock' | 'reset' | 'shop-reset' | 'resend'
  body: object
  done: string
}

export const SPOILED = {
  '': 'As they should be',
  '500': 'The shop seems to answer 500',
  signature: 'Signed with a wrong secret',
  stale: 'Signed ten minutes ago',
  body: 'Changed after signing',
} as const

export const FAULTS = {
  slow: { label: 'Answers after five seconds', body: { latencyMs: 5000 } },
  down: { label: 'Answers 503 and does nothing', body: { status: 503 } },
  broken: { label: 'Does its work and answers 500', body: { status: 500, phase: 'after' } },
  lost: { label: 'Does its work and its answer is lost', body: { dropReply: true } },
} as const

/** Which part of the shop can be made ill. */
export const PARTS = {
  catalog: 'Catalog: products, stock, prices',
  cart: 'Cart',
  orders: 'Orders and checkout',
  payments: 'Payment',
  redis: 'Redis: carts, events, limits',
} as const

export const ILLNESSES = { failing: 'Fails', slow: 'Is slow' } as const

export const SPANS = { 60: 'A minute', 120: 'Two minutes', 300: 'Five minutes' } as const

export const CLOCKS = { 60: 'A minute', 900: 'A quarter of an hour', 3600: 'An hour', 86400: 'A day' } as const

const numberIn = (form: FormData, name: string, least: number, most: number, otherwise: number) => {
  const text = form.get(name)
  const value = typeof text === 'string' && text !== '' ? Number(text) : otherwise
  return Number.isInteger(value) && value >= least && value <= most ? value : null
}

function webhooksOf(form: FormData): Command | null {
  const seconds = numberIn(form, 'delaySeconds', 0, 3600, 0)
  const duplicate = numberIn(form, 'duplicate', 1, 50, 1)
  const spoiled = form.get('spoiled') ?? ''
  if (seconds === null || duplicate === null || typeof spoiled !== 'string' || !(spoiled in SPOILED)) return null
  const failWith = spoiled === '' ? null : spoiled === '500' ? 500 : spoiled
  const body = { drop: form.has('drop'), shuffle: form.has('shuffle'), duplicate, delayMs: seconds * 1000, failWith }
  return { control: 'webhooks', body, done: 'Webhooks are sent as set from now on.' }
}

function faultOf(form: FormData): Command | null {
  const times = numberIn(form, 'times', 1, 100, 1)
  const kind = form.get('fault')
  const fault = Object.entries(FAULTS).find(([name]) => name === kind)?.[1]
  if (times === null || !fault) return null
  const body = { path: '/v1/', times, ...fault.body }
  return {
    control: 'faults',
    body,
    done: `The next ${times === 1 ? 'call' : `${times} calls`} to Stripe will meet it.`,
  }
}

function switchOf(form: FormData): Command | null {
  const [part, kind, seconds] = [form.get('part'), form.get('kind'), form.get('seconds')]
  if (kind === 'off') {
    const known = part === 'all' || Object.hasOwn(PARTS, String(part))
    return known ? { control: 'switches', body: { part, kind }, done: 'Switched off. It takes a second.' } : null
  }
  const isKnown =
    Object.hasOwn(PARTS, String(part)) &&
    Object.hasOwn(ILLNESSES, String(kind)) &&
    Object.hasOwn(SPANS, String(seconds))
  if (!isKnown) return null
  const body = { part, kind, seconds: Number(seconds) }
  return { control: 'switches', body, done: 'Switched on. It takes a second, and ends by itself.' }
}

function clockOf(form: FormData): Command | null {
  const advanceSeconds = numberIn(form, 'advance', 60, 86_400, 60)
  if (advanceSeconds === null) return null
  return { control: 'clock', body: { advanceSeconds }, done: 'The sandbox’s clock was put forward.' }
}

/** Reads one of the page's forms; null when it does not fit. */
export function commandOf(form: FormData): Command | null {
  const name = form.get('control')
  if (name === 'webhooks') return webhooksOf(form)
  if (name === 'faults') return faultOf(form)
  if (name === 'switches') return switchOf(form)
  if (name === 'clock') return clockOf(form)
  if (name === 'reset') return { control: 'reset', body: {}, done: 'Everything is straight again.' }
  if (name === 'shop-reset') {
    if (!form.has('sure')) return null
    return { control: name, body: {}, done: 'The shop begins anew. In half a minute everything is back.' }
  }
  const event = form.get('event')
  if (name !== 'resend' || typeof event !== 'string' || !/^evt_\w{1,60}$/.test(event)) return null
  return { control: 'resend', body: { event }, done: `${event} is sent again.` }
}

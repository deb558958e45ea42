import { SandboxSwitch, SWITCHED_PARTS } from '@vitrine/contracts/sandbox'
import { z } from 'zod'

const WebhookControl = z.strictObject({
  drop: z.boolean().default(false),
  delayMs: z.int().min(0).max(3_600_000).default(0),
  /** How many times each event is sent in all. */
  duplicate: z.union([z.boolean().transform((isOn) => (isOn ? 2 : 1)), z.int().min(1).max(100)]).default(1),
  shuffle: z.boolean().default(false),
  /** A status the delivery pretends to get back, or a way of spoiling the signature. */
  failWith: z.union([z.int().min(300).max(599), z.enum(['signature', 'stale', 'body']), z.null()]).default(null),
})
export type WebhookControl = z.infer<typeof WebhookControl>

const Fault = z.strictObject({
  /** The beginning of the request's path, or `*`. */
  path: z.string().min(1),
  latencyMs: z.int().min(0).max(120_000).default(0),
  status: z.int().min(400).max(599).optional(),
  /** Fails before anything was done (a proxy's error), or after the work, when the failure is the saved answer. */
  phase: z.enum(['before', 'after']).default('before'),
  dropReply: z.boolean().default(false),
  times: z.int().min(1).default(1),
})
export type Fault = z.infer<typeof Fault>

/** Makes a part of the shop around the sandbox ill for a while; `off`, of one part or of all, ends it. */
const SwitchOrder = z.union([
  z.strictObject({
    part: SandboxSwitch.shape.part,
    kind: SandboxSwitch.shape.kind,
    seconds: z.int().min(1).max(300),
  }),
  z.strictObject({ part: z.enum([...SWITCHED_PARTS, 'all']), kind: z.literal('off') }),
])

/** What the controls beyond their own state can do. */
export interface ControlActions {
  /** Wakes the deliveries after the clock or the controls changed. */
  wake(): void
  clear(): Promise<void>
  roll(endpointId: string, expiresInSeconds: number): Promise<object>
  deliveries(eventId: string | undefined, limit: number): Promise<object[]>
  resend(eventId: string): Promise<number>
}

const Advance = z.strictObject({ advanceSeconds: z.number() })
const Reset = z.strictObject({ data: z.boolean().default(false) })
const Roll = z.strictObject({
  endpoint: z.string(),
  expiresInSeconds: z
    .number()
    .min(0)
    .default(24 * 3600),
})
const Resend = z.strictObject({ event: z.string() })

/** The bent state itself: read on every request and every delivery. */
export function createControl(realNow: () => Date) {
  let webhooks = WebhookControl.parse({})
  let faults: Fault[] = []
  let switches: SandboxSwitch[] = []
  let resetAt: string | null = null
  let offsetMs = 0
  const now = () => new Date(realNow().getTime() + offsetMs)

  // By the real clock: what was put forward must not end them, nor keep them.
  const lasting = () => switches.filter(({ until }) => Date.parse(until) > realNow().getTime())

  return {
    now,
    webhooks: () => webhooks,
    view: () => ({
      webhooks,
      faults,
      switches: lasting(),
      resetAt,
      now: now().toISOString(),
      offsetSeconds: Math.round(offsetMs / 1000),
    }),
    switchPart(body: unknown) {
      const order = SwitchOrder.parse(body)
      if (order.kind === 'off') {
        switches = lasting().filter(({ part }) => order.part !== 'all' && part !== order.part)
        return switches
      }
      const until = new Date(realNow().getTime() + order.seconds * 1000).toISOString()
      switches = [...lasting().filter(({ part }) => part !== order.part), { ...order, until }].map(
        ({ part, kind, until }) => ({ part, kind, until }),
      )
      return switches
    },
    setWebhooks(body: unknown) {
      webhooks = WebhookControl.parse(body)
      return webhooks
    },
    addFaults(body: unknown) {
      const list = z.union([Fault.transform((fault) => [fault]), z.array(Fault)]).parse(body)
      faults = list.length === 0 ? [] : [...faults, ...list]
      return faults
    },
    advance(body: unknown) {
      offsetMs += Advance.parse(body).advanceSeconds * 1000
      return { now: now().toISOString() }
    },
    /** Everything straight, and whoever follows forgets what it knows. */
    resetShop() {
      resetAt = realNow().toISOString()
    },
    straighten() {
      webhooks = WebhookControl.parse({})
      faults = []
      switches = []
      offsetMs = 0
    },
    /** Takes the next fault meant for this path, counting it down. */
    takeFault(path: string): Fault | null {
      const fault = faults.find((candidate) => path.startsWith(candidate.path) || candidate.path === '*')
      if (!fault) return null
      faults = faults.flatMap((other) =>
        other !== fault ? [other] : other.times > 1 ? [{ ...other, times: other.times - 1 }] : [],
      )
      return fault
    },
  }
}
export type Control = ReturnType<typeof createControl>

/** `/_control/…`: what tests may bend. Reached at the replica's own address only. */
export function createControlRoutes(control: Control, actions: ControlActions) {
  const posts: Record<string, (body: unknown) => unknown> = {
    webhooks: (body) => control.setWebhooks(body),
    faults: (body) => control.addFaults(body),
    switches: (body) => control.switchPart(body),
    clock: (body) => control.advance(body),
    async reset(body) {
      control.straighten()
      if (Reset.parse(body).data) await actions.clear()
      return { reset: true }
    },
    async 'shop-reset'(body) {
      z.strictObject({}).parse(body)
      control.straighten()
      await actions.clear()
      control.resetShop()
      return { reset: true }
    },
    roll(body) {
      const { endpoint, expiresInSeconds } = Roll.parse(body)
      return actions.roll(endpoint, expiresInSeconds)
    },
    resend: async (body) => ({ due: await actions.resend(Resend.parse(body).event) }),
  }

  async function read(name: string, query: URLSearchParams): Promise<Response | null> {
    if (name === 'state') return Response.json(control.view())
    if (name !== 'deliveries') return null
    const limit = Math.min(Number(query.get('limit')) || 50, 500)
    return Response.json({ items: await actions.deliveries(query.get('event') ?? undefined, limit) })
  }

  return async (request: Request, name: string, query: URLSearchParams): Promise<Response> => {
    const found = request.method === 'GET' ? await read(name, query) : null
    if (found) return found
    const action = request.method === 'POST' && Object.hasOwn(posts, name) ? posts[name] : undefined
    if (!action) return Response.json({ error: 'There is no such control.' }, { status: 404 })
    const text = await request.text()
    try {
      const answer = await action(text === '' ? {} : JSON.parse(text))
      actions.wake()
      return Response.json(answer)
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError)
        return Response.json({ error: error.message }, { status: 400 })
      throw error
    }
  }
}

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
  path: z.string().min(1),
  latencyMs: z.int().min(0).max(120_000).default(0),
  status: z.int().min(400).max(599).optional(),
  dropReply: z.boolean().default(false),
  times: z.int().min(1).default(1),
})
export type Fault = z.infer<typeof Fault>

/** What tests may bend: webhooks, faults and the clock. Reached at the replica's own address only. */
export function createControl(realNow: () => Date) {
  let webhooks = WebhookControl.parse({})
  let faults: Fault[] = []
  let offsetMs = 0

  const actions: Record<string, (body: unknown) => unknown> = {
    webhooks(body) {
      webhooks = WebhookControl.parse(body)
      return webhooks
    },
    faults(body) {
      const list = z.union([Fault.transform((fault) => [fault]), z.array(Fault)]).parse(body)
      faults = [...faults, ...list]
      return faults
    },
    clock(body) {
      offsetMs += z.strictObject({ advanceSeconds: z.number() }).parse(body).advanceSeconds * 1000
      return { now: new Date(realNow().getTime() + offsetMs).toISOString() }
    },
    reset() {
      webhooks = WebhookControl.parse({})
      faults = []
      offsetMs = 0
      return { reset: true }
    },
  }

  return {
    now: () => new Date(realNow().getTime() + offsetMs),
    webhooks: () => webhooks,
    /** Takes the next fault meant for this path, counting it down. */
    takeFault(path: string): Fault | null {
      const fault = faults.find((candidate) => path.startsWith(candidate.path) || candidate.path === '*')
      if (!fault) return null
      faults = faults.flatMap((other) =>
        other !== fault ? [other] : other.times > 1 ? [{ ...other, times: other.times - 1 }] : [],
      )
      return fault
    },
    async handle(request: Request, name: string): Promise<Response> {
      const action = actions[name]
      if (!action || request.method !== 'POST')
        return Response.json({ error: 'There is no such control.' }, { status: 404 })
      const text = await request.text()
      try {
        return Response.json(action(text === '' ? {} : JSON.parse(text)))
      } catch (error) {
        if (error instanceof z.ZodError || error instanceof SyntaxError)
          return Response.json({ error: error.message }, { status: 400 })
        throw error
      }
    },
  }
}

export type Control = ReturnType<typeof createControl>

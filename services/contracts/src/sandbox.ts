import { z } from 'zod'

/** How the built-in Stripe sandbox bends its webhooks. */
export const SandboxWebhooks = z.object({
  drop: z.boolean(),
  delayMs: z.int().min(0),
  /** How many times each event is sent in all. */
  duplicate: z.int().min(1).max(100),
  shuffle: z.boolean(),
  failWith: z.union([z.int(), z.enum(['signature', 'stale', 'body']), z.null()]),
})
export type SandboxWebhooks = z.infer<typeof SandboxWebhooks>

export const SandboxFault = z.object({
  path: z.string(),
  latencyMs: z.int(),
  status: z.int().optional(),
  dropReply: z.boolean(),
  times: z.int(),
})
export type SandboxFault = z.infer<typeof SandboxFault>

/** What of the shop can be made ill, and how: services by name, and Redis for all of them. */
export const SWITCHED_PARTS = ['catalog', 'cart', 'orders', 'payments', 'redis'] as const
export const SandboxSwitch = z.object({
  part: z.enum(SWITCHED_PARTS),
  kind: z.enum(['slow', 'failing']),
  /** It ends by itself then. */
  until: z.iso.datetime(),
})
export type SandboxSwitch = z.infer<typeof SandboxSwitch>

export const SandboxState = z.object({
  webhooks: SandboxWebhooks,
  faults: z.array(SandboxFault),
  switches: z.array(SandboxSwitch),
  /** When the shop around it was last told to begin anew. */
  resetAt: z.iso.datetime().nullable(),
  now: z.iso.datetime(),
  offsetSeconds: z.int(),
})
export type SandboxState = z.infer<typeof SandboxState>

export const SandboxDelivery = z.object({
  id: z.string(),
  eventId: z.string(),
  status: z.enum(['due', 'delivered', 'dropped', 'failed']),
  attempts: z.int(),
  nextAt: z.iso.datetime(),
  lastAnswer: z.string().nullable(),
})
export type SandboxDelivery = z.infer<typeof SandboxDelivery>
export const SandboxDeliveries = z.object({ items: z.array(SandboxDelivery) })

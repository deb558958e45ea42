import { z } from 'zod'

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** `NAME: value` or `- NAME=value`. */
const pairs = z
  .union([
    z.record(
      z.string(),
      text.nullable().transform((value) => value ?? ''),
    ),
    z.array(z.string()),
  ])
  .transform((given) =>
    Array.isArray(given)
      ? Object.fromEntries(given.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)]))
      : given,
  )

const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `1m30s` as milliseconds. */
export function parseDuration(value: string): number {
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)]
  if (parts.map(([part]) => part).join('') !== value || !value) throw new Error(`"${value}" is no duration.`)
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? 's'] ?? 1000), 0)
}

const duration = (fallback: string) => text.default(fallback).transform(parseDuration)

const Healthcheck = z
  .object({
    test: z.union([z.string(), z.array(z.string())]).default([]),
    interval: duration('30s'),
    timeout: duration('30s'),
    start_period: duration('0s'),
    retries: z.coerce.number().default(3),
    disable: z.boolean().default(false),
  })
  .transform(({ start_period: startPeriodMs, test, interval: intervalMs, timeout: timeoutMs, retries, disable }) => ({
    test: typeof test === 'string' ? ['CMD-SHELL', test] : test,
    intervalMs,
    timeoutMs,
    startPeriodMs,
    retries,
    isDisabled: disable || test[0] === 'NONE',
  }))
export type Healthcheck = z.infer<typeof Healthcheck>

const Condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully'])

const DependsOn = z
  .union([
    z
      .array(z.string())
      .transform((names) =>
        Object.fromEntries(names.map((name) => [name, { condition: 'service_started' as const, required: true }])),
      ),
    z.record(z.string(), z.object({ condition: Condition, required: z.boolean().default(true) })),
  ])
  .default({})

/** `[host:][published:]target` and `source:target[:mode]`. */
const Port = text.transform((port) => {
  const [target = '', published] = port
    .replace(/\/tcp$/, '')
    .split(':')
    .reverse()
  return { target: Number(target), published: published ? Number(published) : undefined }
})
const Volume = z.string().transform((volume) => {
  const [source = '', target = source] = volume.split(':')
  return { source, target }
})

/** The part of a compose service the mesh understands; what else stands there is for containers only. */
export const ComposeServiceFields = z.object({
  image: z.string().default(''),
  build: z.unknown().optional(),
  command: z.union([z.string().transform((line) => line.split(/\s+/)), z.array(text)]).default([]),
  working_dir: z.string().default('/app'),
  environment: pairs.default({}),
  labels: pairs.default({}),
  expose: z.array(text.transform(Number)).default([]),
  ports: z.array(Port).default([]),
  volumes: z.array(Volume).default([]),
  depends_on: DependsOn,
  healthcheck: Healthcheck.optional(),
  restart: z.string().default('no'),
  profiles: z.array(z.string()).default([]),
  stop_grace_period: duration('10s'),
  deploy: z.object({ replicas: z.coerce.number().int().min(0).default(1) }).default({ replicas: 1 }),
  'x-unless': z.string().optional(),
  'x-once': z.string().optional(),
})

export const ComposeFile = z.object({
  name: z.string().default('mesh'),
  services: z.record(z.string(), ComposeServiceFields),
})

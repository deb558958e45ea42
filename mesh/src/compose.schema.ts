import { z } from 'zod'

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** `NAME: value` or `- NAME=value`. */
const pairs = z
  .union([
    z.record(
      z.string(),
      text.nullable().transform((value) => value ?? ''),
    ),
    z.array(text).transform((list) =>
      Object.fromEntries(
        list.map((pair) => {
          const [name = '', value = ''] = pair.split(/=(.*)/s, 2)
          return [name, value]
        }),
      ),
    ),
  ])
  .default({})

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
  .transform(({ test, interval, timeout, start_period, retries, disable }) =>
    disable || test[0] === 'NONE'
      ? undefined
      : {
          test: typeof test === 'string' ? ['CMD-SHELL', test] : test,
          intervalMs: interval,
          timeoutMs: timeout,
          startPeriodMs: start_period,
          retries,
        },
  )
export type Healthcheck = z.infer<typeof Healthcheck>

const Dependency = z.object({
  condition: z
    .enum(['service_started', 'service_healthy', 'service_completed_successfully'])
    .default('service_started'),
  required: z.boolean().default(true),
})
const DependsOn = z.union([
  z.record(z.string(), Dependency),
  z.array(z.string()).transform((names) => Object.fromEntries(names.map((name) => [name, Dependency.parse({})]))),
])

/** The container's port of `[host:][published:]target[/tcp]`. */
const Port = text.transform((port) =>
  Number(
    port
      .replace(/\/tcp$/, '')
      .split(':')
      .at(-1),
  ),
)
const Volume = z.string().transform((volume) => {
  const [source = '', target = source] = volume.split(':')
  return { source, target }
})

/** The part of a compose service the mesh understands, in its own words; what else stands there is for containers. */
export const ComposeService = z
  .object({
    image: z.string().default(''),
    build: z.unknown().optional(),
    command: z.union([z.string().transform((line) => line.split(/\s+/)), z.array(text)]).default([]),
    working_dir: z.string().default('/app'),
    environment: pairs,
    labels: pairs,
    expose: z.array(Port).default([]),
    ports: z.array(Port).default([]),
    volumes: z.array(Volume).default([]),
    depends_on: DependsOn.default({}),
    healthcheck: Healthcheck.optional(),
    restart: z.string().default('no'),
    profiles: z.array(z.string()).default([]),
    stop_grace_period: duration('10s'),
    deploy: z.object({ replicas: z.coerce.number().int().min(0).default(1) }).default({ replicas: 1 }),
    'x-unless': z.string().optional(),
    'x-once': z.string().optional(),
  })
  .transform((fields) => ({
    image: fields.image,
    hasBuild: fields.build !== undefined,
    command: fields.command,
    workingDir: fields.working_dir,
    environment: fields.environment,
    labels: fields.labels,
    /** Ports inside the container, the first being the main one; the published ones are open to people. */
    containerPorts: [...new Set([...fields.ports, ...fields.expose])],
    publishedPorts: fields.ports,
    volumes: fields.volumes,
    dependsOn: fields.depends_on,
    healthcheck: fields.healthcheck,
    /** Runs to its end once instead of serving. */
    isOneShot: fields.restart === 'no',
    /** The volume a one-shot service leaves its result in: while that stays, the same program is not run again. */
    once: fields['x-once'],
    profiles: fields.profiles,
    /** A variable that, when set, leaves this service out. */
    unless: fields['x-unless'],
    replicas: fields.deploy.replicas,
    stopGraceMs: fields.stop_grace_period,
  }))

export const ComposeFile = z.object({
  name: z.string().default('mesh'),
  services: z.record(z.string(), ComposeService),
})

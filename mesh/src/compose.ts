import parseDuration from 'parse-duration'
import { z } from 'zod'
import { interpolate, type Variables } from './interpolate.ts'

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const pairs = z.record(z.string(), text).default({})
/** `1m30s` as milliseconds. */
const duration = z
  .string()
  .transform((value) => parseDuration(value))
  .pipe(z.number('no duration, such as 1m30s'))

const Healthcheck = z.object({
  test: z.array(z.string()).default([]),
  interval: duration.default(30_000),
  timeout: duration.default(30_000),
  start_period: duration.default(0),
  retries: z.number().default(3),
})

const Dependency = z.object({
  condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
  required: z.boolean().default(true),
})

/** The container's port of `[host:][published:]target`. */
const Port = text.transform((port) => Number(port.split(':').at(-1)))
const Volume = z.string().transform((volume) => {
  const [source = '', target = source] = volume.split(':')
  return { source, target }
})

/** The part of a compose service the mesh understands, in compose's words; what else stands there is for containers. */
const ComposeService = z
  .object({
    image: z.string().default(''),
    build: z.unknown().optional(),
    command: z.array(text).default([]),
    working_dir: z.string().default('/app'),
    environment: pairs,
    labels: pairs,
    expose: z.array(Port).default([]),
    ports: z.array(Port).default([]),
    volumes: z.array(Volume).default([]),
    depends_on: z.record(z.string(), Dependency).default({}),
    healthcheck: Healthcheck.prefault({}),
    restart: z.string().default('no'),
    profiles: z.array(z.string()).default([]),
    stop_grace_period: duration.default(10_000),
    deploy: z.object({ replicas: z.number().int().min(0) }).default({ replicas: 1 }),
    /** A variable that, when set, leaves this service out. */
    'x-unless': z.string().default(''),
    /** The volume a one-shot service leaves its result in: while that stays, the same program is not run again. */
    'x-once': z.string().optional(),
  })
  .transform(({ ports, expose, restart, deploy, ...fields }) => ({
    ...fields,
    publishedPorts: ports,
    /** Ports inside the container, the first being the main one. */
    containerPorts: [...new Set([...ports, ...expose])],
    /** Runs to its end once instead of serving. */
    isOneShot: restart === 'no',
    replicas: deploy.replicas,
  }))

const ComposeFile = z.object({ name: z.string().default('mesh'), services: z.record(z.string(), ComposeService) })

/** One service of the manifest; its durations are milliseconds. */
export type Service = z.infer<typeof ComposeService> & { name: string }

/** Forgets dependencies on what is not run, and refuses those that must be there. */
function settleDependencies(services: Service[], leftOut: readonly string[]): void {
  const names = new Set(services.map(({ name }) => name))
  for (const service of services)
    for (const [name, { required }] of Object.entries(service.depends_on)) {
      if (names.has(name)) continue
      if (required && !leftOut.includes(name))
        throw new Error(`${service.name} depends on ${name}, which is not in the manifest or left out.`)
      delete service.depends_on[name]
    }
}

/** Reads a compose file. Services of a profile, those whose `x-unless` variable is set, and `leftOut` are not in it. */
export function parseCompose(
  source: string,
  variables: Variables,
  leftOut: readonly string[] = [],
): { name: string; services: Service[] } {
  const written = JSON.stringify(Bun.YAML.parse(source))
  const settled = JSON.parse(written, (_, value) => (typeof value === 'string' ? interpolate(value, variables) : value))
  const { data, error } = ComposeFile.safeParse(settled)
  if (error) throw new Error(`The mesh cannot read this in the manifest:\n${z.prettifyError(error)}`)
  const services = Object.entries(data.services)
    .map(([name, fields]) => ({ name, ...fields }))
    .filter(({ name, profiles }) => !leftOut.includes(name) && profiles.length === 0)
    .filter((service) => !variables[service['x-unless']])
  settleDependencies(services, leftOut)
  return { name: data.name, services }
}

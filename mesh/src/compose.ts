import parseDuration from 'parse-duration'
import { z } from 'zod'

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

/** A default may hold variables with defaults of their own, two braces deep. */
const WORD = String.raw`(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*`
const REFERENCE = new RegExp(String.raw`\$(?:\$|\{(\w+)(?:(:?[-+?])(${WORD}))?\}|(\w+)|\{)`, 'g')

/** Compose's variables: `$NAME`, `${NAME}`, `${NAME:-default}`, `:+`, `:?`, nested; `$$` is a dollar sign. */
export function interpolate(text: string, variables: NodeJS.Dict<string>): string {
  return text.replace(REFERENCE, (reference: string, braced?: string, operator = '', word = '', plain?: string) => {
    if (reference === '${') throw new Error(`A "\${" names no variable or is never closed in "${text}".`)
    const name = braced ?? plain
    if (!name) return '$'
    const value = variables[name]
    const isPresent = operator.startsWith(':') ? Boolean(value) : value !== undefined
    if (operator.endsWith('-') && !isPresent) return interpolate(word, variables)
    if (operator.endsWith('+')) return isPresent ? interpolate(word, variables) : ''
    if (operator.endsWith('?') && !isPresent) throw new Error(`${name} is required: ${interpolate(word, variables)}`)
    return value ?? ''
  })
}

/** Reads a compose file. Services of a profile, those whose `x-unless` variable is set, and `leftOut` are not in it. */
export function parseCompose(source: string, variables: NodeJS.Dict<string>, leftOut: readonly string[] = []) {
  const written = JSON.stringify(Bun.YAML.parse(source))
  const settled = JSON.parse(written, (_, value) => (typeof value === 'string' ? interpolate(value, variables) : value))
  const { data, error } = ComposeFile.safeParse(settled)
  if (error) throw new Error(`The mesh cannot read this in the manifest:\n${z.prettifyError(error)}`)
  const services: Service[] = Object.entries(data.services)
    .map(([name, fields]) => ({ name, ...fields }))
    .filter(({ name, profiles }) => !leftOut.includes(name) && profiles.length === 0)
    .filter((service) => !variables[service['x-unless']])
  const names = services.map(({ name }) => name)
  for (const { name, depends_on } of services)
    for (const [other, { required }] of Object.entries(depends_on)) {
      if (names.includes(other)) continue
      if (required && !leftOut.includes(other))
        throw new Error(`${name} depends on ${other}, which is not in the manifest or left out.`)
      delete depends_on[other]
    }
  return { name: data.name, services }
}

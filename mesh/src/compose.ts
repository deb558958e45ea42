import { parse } from 'yaml'
import type { z } from 'zod'
import { ComposeFile, type ComposeServiceFields, type Healthcheck } from './compose.schema.ts'
import { interpolate, type Variables } from './interpolate.ts'

export type Dependency = z.infer<typeof ComposeServiceFields>['depends_on'][string]

/** One service of the manifest, in the mesh's words. */
export interface Service {
  name: string
  image: string
  hasBuild: boolean
  command: string[]
  workingDir: string
  environment: Record<string, string>
  labels: Record<string, string>
  /** Ports inside the container, the first being the main one. */
  containerPorts: number[]
  publishedPorts: { target: number; published: number | undefined }[]
  volumes: { source: string; target: string }[]
  dependsOn: Record<string, Dependency>
  healthcheck: Healthcheck | undefined
  /** Runs to its end once instead of serving. */
  isOneShot: boolean
  /** The volume a one-shot service leaves its result in: while that stays, the same program is not run again. */
  once: string | undefined
  replicas: number
  stopGraceMs: number
}

function interpolateAll(node: unknown, variables: Variables): unknown {
  if (typeof node === 'string') return interpolate(node, variables)
  if (Array.isArray(node)) return node.map((item) => interpolateAll(item, variables))
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolateAll(value, variables)]))
}

function toService(name: string, fields: z.infer<typeof ComposeServiceFields>): Service {
  const published = fields.ports.map(({ target }) => target)
  return {
    name,
    image: fields.image,
    hasBuild: fields.build !== undefined,
    command: fields.command,
    workingDir: fields.working_dir,
    environment: fields.environment,
    labels: fields.labels,
    containerPorts: [...new Set([...published, ...fields.expose])],
    publishedPorts: fields.ports,
    volumes: fields.volumes,
    dependsOn: fields.depends_on,
    healthcheck: fields.healthcheck?.isDisabled ? undefined : fields.healthcheck,
    isOneShot: fields.restart === 'no',
    once: fields['x-once'],
    replicas: fields.deploy.replicas,
    stopGraceMs: fields.stop_grace_period,
  }
}

function refuseUnknownDependencies(services: Service[], leftOut: readonly string[]): void {
  const names = new Set(services.map(({ name }) => name))
  for (const service of services)
    for (const [name, { required }] of Object.entries(service.dependsOn))
      if (!names.has(name)) {
        if (required && !leftOut.includes(name))
          throw new Error(`${service.name} depends on ${name}, which is not in the manifest or left out.`)
        delete service.dependsOn[name]
      }
}

/** Reads a compose file. Services of a profile, those whose `x-unless` variable is set, and `leftOut` are not in it. */
export function parseCompose(
  source: string,
  variables: Variables,
  leftOut: readonly string[] = [],
): { name: string; services: Service[] } {
  const file = ComposeFile.parse(interpolateAll(parse(source, { merge: true }), variables))
  const services = Object.entries(file.services)
    .filter(([name]) => !leftOut.includes(name))
    .filter(([, fields]) => fields.profiles.length === 0 && !(fields['x-unless'] && variables[fields['x-unless']]))
    .map(([name, fields]) => toService(name, fields))
  refuseUnknownDependencies(services, leftOut)
  return { name: file.name, services }
}

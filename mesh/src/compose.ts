import type { z } from 'zod'
import { ComposeFile, type ComposeService } from './compose.schema.ts'
import { interpolate, type Variables } from './interpolate.ts'

/** One service of the manifest. */
export type Service = z.infer<typeof ComposeService> & { name: string }

function interpolateAll(node: unknown, variables: Variables): unknown {
  if (typeof node === 'string') return interpolate(node, variables)
  if (Array.isArray(node)) return node.map((item) => interpolateAll(item, variables))
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolateAll(value, variables)]))
}

/** Forgets dependencies on what is not run, and refuses those that must be there. */
function settleDependencies(services: Service[], leftOut: readonly string[]): void {
  const names = new Set(services.map(({ name }) => name))
  for (const service of services)
    for (const [name, { required }] of Object.entries(service.dependsOn)) {
      if (names.has(name)) continue
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
  const file = ComposeFile.parse(interpolateAll(Bun.YAML.parse(source), variables))
  const services = Object.entries(file.services)
    .map(([name, fields]) => ({ name, ...fields }))
    .filter(({ name, profiles }) => !leftOut.includes(name) && profiles.length === 0)
    .filter(({ unless }) => !unless || !variables[unless])
  settleDependencies(services, leftOut)
  return { name: file.name, services }
}

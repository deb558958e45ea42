import { toOpenAPISchema } from '@elysiajs/openapi'
import { ErrorReply } from '@vitrine/contracts/envelope'
import type { AnyElysia } from 'elysia'
import { z } from 'zod'
import { errorResponses, finishOperation, type Operation } from './document.rules.ts'

const printed = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })

/** `POST /path` of the routes whose body may be left out. */
function optionalBodies(app: AnyElysia): Set<string> {
  const routes = app.routes.filter(
    ({ hooks }) => hooks.body instanceof z.ZodType && hooks.body.safeParse(undefined).success,
  )
  return new Set(routes.map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)\??/g, '{$1}')}`))
}

/**
 * Schemas that contain themselves refer to `#/$defs/…`, which inside a document points nowhere: those definitions
 * move to the document's components, under a name of their own.
 */
function hoistDefinitions(part: unknown, prefix: string, components: Record<string, unknown>): unknown {
  if (Array.isArray(part)) return part.map((item) => hoistDefinitions(item, prefix, components))
  if (part === null || typeof part !== 'object') return part
  const entries = Object.entries(part).flatMap(([key, value]) => {
    if (key === '$ref' && typeof value === 'string' && value.startsWith('#/$defs/'))
      return [[key, `#/components/schemas/${prefix}${value.slice('#/$defs/'.length)}`]]
    const hoisted = hoistDefinitions(value, prefix, components)
    if (key !== '$defs' || hoisted === null || typeof hoisted !== 'object') return [[key, hoisted]]
    for (const [name, schema] of Object.entries(hoisted)) components[prefix + name] = schema
    return []
  })
  return Object.fromEntries(entries)
}

/** The OpenAPI 3.1 document of a service, from its routes. Internal routes and those hidden are left out. */
export function createDocument(app: AnyElysia, { name, version }: { name: string; version: string }) {
  const exclude = { paths: [/^\/internal\//], staticFile: false }
  const { paths } = toOpenAPISchema(app, exclude, undefined, { zod: printed }, '3.1.0')
  const optional = optionalBodies(app)
  const schemas: Record<string, unknown> = { ErrorReply: { ...printed(ErrorReply), $schema: undefined } }
  const finished = Object.entries(paths).map(([path, item]) => {
    const operations = Object.entries(item ?? {}).map(([method, operation]) => {
      const facts = { service: name, method, path, isBodyOptional: optional.has(`${method} ${path}`) }
      // The generator's types are those of OpenAPI 3.0; what it makes of zod schemas is this subset of 3.1.
      const known = finishOperation(operation as unknown as Operation, facts)
      // Hoisting renames references only: it stays an operation.
      return [method, hoistDefinitions(known, known.operationId ?? '', schemas) as Operation] as const
    })
    return [path, Object.fromEntries(operations)] as const
  })
  const tags = new Set(finished.flatMap(([, item]) => Object.values(item).flatMap(({ tags }) => tags ?? [])))
  return {
    openapi: '3.1.0',
    info: {
      title: `Vitrine ${name}`,
      version,
      description: 'Each route names the permission it needs in `x-permission`.',
    },
    servers: [{ url: '/' }],
    tags: [...tags].sort().map((tag) => ({ name: tag })),
    paths: Object.fromEntries(finished),
    components: {
      schemas,
      responses: errorResponses(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

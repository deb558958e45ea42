import { API_NAMES } from '@vitrine/contracts/identity'
import { z } from 'zod'
import { call } from './edge.client.ts'

export const SERVICES = API_NAMES

const Media = z.object({ schema: z.record(z.string(), z.unknown()).optional(), example: z.unknown().optional() })
const Reply = z.object({
  $ref: z.string().optional(),
  description: z.string().optional(),
  content: z.record(z.string(), Media).optional(),
})
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
  example: z.unknown().optional(),
})

/** What the tests read of an operation of an OpenAPI document. */
const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  'x-permission': z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ required: z.boolean(), content: z.record(z.string(), Media) }).optional(),
  responses: z.record(z.string(), Reply),
})
export type Operation = z.infer<typeof Operation>

export const Document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ responses: z.record(z.string(), Reply), schemas: z.record(z.string(), z.unknown()) }),
})
export type Document = z.infer<typeof Document>

export interface Route {
  service: string
  method: string
  path: string
  operation: Operation
}

/** The document of a service as the edge answers it, not yet judged. */
export const documentOf = async (service: string): Promise<Record<string, unknown>> =>
  JSON.parse((await call(`/api/${service}/openapi.json`)).text)

/** Every route of every service, from the documents. */
export async function allRoutes(): Promise<Route[]> {
  const documents = await Promise.all(
    SERVICES.map(async (service) => ({ service, document: Document.parse(await documentOf(service)) })),
  )
  return documents.flatMap(({ service, document }) =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ service, method: method.toUpperCase(), path, operation })),
    ),
  )
}

export const titleOf = ({ method, path }: Route): string => `${method} ${path}`

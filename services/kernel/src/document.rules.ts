import { ERROR_STATUS, type ErrorCode } from '@vitrine/contracts/envelope'
import { expanded, type JsonSchema, type SampleOf, sampleOf } from './sample.rules.ts'

interface Media {
  schema?: JsonSchema
  example?: unknown
}

interface Reply {
  description?: string
  content?: Record<string, Media>
  headers?: Record<string, unknown>
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: JsonSchema
  description?: string
  example?: unknown
}

/** An operation of an OpenAPI document, as far as it is finished here. */
export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; description?: string; content: Record<string, Media> }
  responses?: Record<string, Reply | { $ref: string }>
  'x-permission'?: string
  /** Headers of ours the route reads, by name; printed as parameters. */
  'x-headers'?: string[]
  /** Error codes beyond those that follow from the shape of the route. */
  'x-errors'?: ErrorCode[]
}

export interface RouteFacts {
  service: string
  method: string
  path: string
  isBodyOptional: boolean
}

const HEADERS: Record<string, string> = {
  'Idempotency-Key': 'The same key with the same body answers the same and has no second effect.',
  'If-Match': 'The version that was edited, when the body does not name it.',
  'X-Cart-Id': 'The cart of a guest, as the cart service issued it.',
  'X-Order-Token': 'Opens one order for whoever placed it as a guest.',
}
const REQUIRED_HEADERS = ['Idempotency-Key']

const ERROR_TEXT: Partial<Record<ErrorCode, string>> = {
  invalid_input: 'Something sent does not fit; `details.fields` says what.',
  unauthenticated: 'No credentials, or expired ones.',
  payment_failed: 'The payment was declined; `details` say why.',
  forbidden: 'Signed in, but without the permission; `details.permission` names it.',
  not_found: 'Missing, or somebody else’s.',
  conflict: 'The state of things forbids it; `details` say what is true now.',
  too_large: 'The body is too large.',
  unsupported_media: 'The type of the body is not accepted.',
  rate_limited: 'Too many tries; `Retry-After` says when to come back.',
  unavailable: 'A part of the shop does not answer; `Retry-After` says when to try again.',
}

/** The error replies all documents share, one a status. */
export const errorResponses = (): Record<string, Reply> =>
  Object.fromEntries(
    Object.entries(ERROR_TEXT).map(([code, message]) => {
      const error = { code, message, requestId: '4f6f0f5e-7f0a-4f5f-9d6a-1d7f0e4a2b11' }
      const schema = { $ref: '#/components/schemas/ErrorReply' }
      return [
        code,
        { description: message, content: { 'application/json': { schema, example: { success: false, error } } } },
      ]
    }),
  )

/** What a route may answer besides success, from its shape: guards, parameters, body, method. */
function errorsOf(operation: Operation, { method }: RouteFacts): ErrorCode[] {
  const isWrite = method !== 'get' && method !== 'head'
  const access = operation['x-permission']
  return [
    'invalid_input',
    'unauthenticated',
    ...(access !== 'anyone' && access !== 'signed-in' ? (['forbidden'] as const) : []),
    ...(operation.parameters?.some((parameter) => parameter.in === 'path') ? (['not_found'] as const) : []),
    ...(isWrite ? (['conflict', 'too_large'] as const) : []),
    ...(operation.requestBody ? (['unsupported_media'] as const) : []),
    'unavailable',
    ...(operation['x-errors'] ?? []),
  ]
}

/** How a guard tells the document whom it lets through. */
export const accessDetail = (access: string): { description?: string; 'x-permission': string } => ({
  'x-permission': access,
})

function accessSentence(access: string): string {
  if (access === 'anyone') return 'Open to everybody; no permission needed.'
  return access === 'signed-in' ? 'Needs a signed-in person.' : `Needs the permission \`${access}\`.`
}

/** Without `$schema`, which belongs to documents of JSON Schema alone, at any depth. */
function clean(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === '$schema' ? undefined : value)))
}

function withSample(media: Media, kind: SampleOf): Media {
  if (!media.schema) return media
  const schema = clean(media.schema)
  return { ...media, schema, example: media.example ?? sampleOf(expanded(schema), kind) }
}

const nameOf = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

function bodyOf({ requestBody }: Operation, { isBodyOptional }: RouteFacts): Pick<Operation, 'requestBody'> {
  if (!requestBody) return {}
  const { content, description } = requestBody
  // The generator prints form encodings beside JSON for every body; the services are spoken to in JSON.
  const kept = content['application/json'] ? { 'application/json': content['application/json'] } : content
  const media = Object.entries(kept).map(([type, one]) => [type, withSample(one, 'input')] as const)
  return {
    requestBody: {
      required: !isBodyOptional,
      ...(description ? { description } : {}),
      content: Object.fromEntries(media),
    },
  }
}

function replyOf(status: string, reply: Reply | { $ref: string }): Reply | { $ref: string } {
  if ('$ref' in reply) return reply
  if (status === '204') return { description: 'Done; there is nothing to show.' }
  const content = Object.entries(reply.content ?? {}).map(([type, one]) => [type, withSample(one, 'output')] as const)
  const isPlain = /^Response for status/.test(reply.description ?? 'Response for status')
  return {
    ...reply,
    description: isPlain ? (status === '201' ? 'Made.' : 'Done.') : (reply.description ?? ''),
    ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}),
  }
}

function repliesOf(operation: Operation, facts: RouteFacts): NonNullable<Operation['responses']> {
  const declared = Object.entries(operation.responses ?? { 200: {} })
  const own = Object.fromEntries(declared.map(([status, reply]) => [status, replyOf(status, reply)]))
  const errors = errorsOf(operation, facts).map((code) => [
    String(ERROR_STATUS[code]),
    { $ref: `#/components/responses/${code}` },
  ])
  return { ...Object.fromEntries(errors), ...own }
}

function parametersOf(operation: Operation): Parameter[] {
  const headers = (operation['x-headers'] ?? []).map((name) => ({
    name,
    in: 'header',
    required: REQUIRED_HEADERS.includes(name),
    description: HEADERS[name] ?? name,
    schema: { type: 'string' },
  }))
  const printed = (operation.parameters ?? []).map((parameter) => {
    const schema = clean(parameter.schema ?? {})
    const isShown = parameter.required === true
    return { ...parameter, schema, ...(isShown ? { example: sampleOf(schema, 'input', parameter.name) } : {}) }
  })
  return [...printed, ...headers]
}

/** One operation with everything a reader needs: who may call it, what goes in, what comes out, and examples. */
export function finishOperation(operation: Operation, facts: RouteFacts): Operation {
  const { service, method, path } = facts
  const rest = path.replace(`/api/${service}`, '')
  const access = operation['x-permission'] ?? 'anyone'
  const known = { ...operation, 'x-permission': access }
  const { 'x-headers': _printed, 'x-errors': _declared, ...kept } = known
  return {
    ...kept,
    operationId: `${service}${nameOf(method)}${nameOf(rest.replaceAll('{', 'by-'))}`,
    summary: operation.summary ?? `${method.toUpperCase()} ${path}`,
    description: [operation.description, accessSentence(access)].filter(Boolean).join(' '),
    tags: [nameOf(rest.split('/')[1]?.replace(/^\{.*/, '') ?? '').toLowerCase() || service],
    security: access === 'anyone' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: parametersOf(known),
    ...bodyOf(known, facts),
    responses: repliesOf(known, facts),
  }
}

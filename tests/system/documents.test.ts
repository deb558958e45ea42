import { expect, test } from 'bun:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { PERMISSIONS } from '@vitrine/contracts/permissions'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { allRoutes, Document, documentOf, type Route, SERVICES, titleOf } from './documents.ts'

const routes = await allRoutes()
const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
// Schemas refer to the components of their own document.
const documents = await Promise.all(SERVICES.map(documentOf))
const components = { schemas: Object.assign({}, ...documents.map((one) => Document.parse(one).components.schemas)) }

/** The routes that break a rule, by name; an empty list is what a test wants. */
const breaking = (isBroken: (route: Route) => boolean): string[] => routes.filter(isBroken).map(titleOf)

const problemOf = (schema: Record<string, unknown> | undefined, example: unknown): string | null => {
  if (!schema || ajv.validate(JSON.stringify(schema).includes('$ref') ? { ...schema, components } : schema, example))
    return null
  return ajv.errorsText(ajv.errors)
}

test.each(SERVICES)('the document of %s is valid OpenAPI', async (service) => {
  const { valid, errors } = await new Validator().validate(await documentOf(service))
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('operation ids are unique over all documents', () => {
  const ids = routes.map(({ operation }) => operation.operationId)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('every operation has a summary in words and a tag', () => {
  expect(breaking(({ operation }) => !/^[A-Z][a-z]*\b.* ?/.test(operation.summary))).toEqual([])
  expect(breaking(({ operation }) => /^(GET|POST|PUT|PATCH|DELETE) /.test(operation.summary))).toEqual([])
  expect(breaking(({ operation }) => operation.tags.length !== 1)).toEqual([])
})

test('every operation names the permission it needs, in a field and in words, and its security scheme fits', () => {
  const words = ['anyone', 'signed-in', ...PERMISSIONS]
  expect(breaking(({ operation }) => !words.includes(operation['x-permission']))).toEqual([])
  expect(
    breaking(({ operation }) => {
      const access = operation['x-permission']
      const said = access === 'anyone' ? 'Open to everybody' : access === 'signed-in' ? 'signed-in person' : access
      return !operation.description.includes(said)
    }),
  ).toEqual([])
  expect(
    breaking(({ operation }) => {
      const isOpen = operation.security.some((scheme) => Object.keys(scheme).length === 0)
      return isOpen !== (operation['x-permission'] === 'anyone') || !operation.security.some((one) => 'bearer' in one)
    }),
  ).toEqual([])
})

test('every operation declares its refusals with the envelope', async () => {
  const wanted = ({ operation }: Route) => [
    '400',
    '401',
    '503',
    ...(operation['x-permission'].includes(':') ? ['403'] : []),
    ...(operation.parameters.some((parameter) => parameter.in === 'path') ? ['404'] : []),
  ]
  expect(breaking((route) => wanted(route).some((status) => !route.operation.responses[status]))).toEqual([])
  for (const service of SERVICES) {
    const { components, paths } = Document.parse(await documentOf(service))
    const refs = Object.values(paths).flatMap((item) =>
      Object.values(item).flatMap(({ responses }) => Object.values(responses).flatMap(({ $ref }) => $ref ?? [])),
    )
    for (const ref of new Set(refs)) {
      const reply = components.responses[ref.replace('#/components/responses/', '')]
      expect(reply?.content?.['application/json']?.schema).toEqual({ $ref: '#/components/schemas/ErrorReply' })
      expect(reply?.content?.['application/json']?.example).toMatchObject({ success: false })
    }
  }
})

// Compiling some 100 schemas takes its time.
test('every success reply and every body has an example, and it fits its schema', () => {
  const problems = routes.flatMap((route) => {
    const { requestBody, responses } = route.operation
    const replies = Object.entries(responses).filter(([status]) => status.startsWith('2') && status !== '204')
    const media = [
      ...Object.entries(requestBody?.content ?? {}).map(([type, one]) => ['body', type, one] as const),
      ...replies.flatMap(([status, { content }]) =>
        Object.entries(content ?? { none: {} }).map(([type, one]) => [status, type, one] as const),
      ),
    ]
    return media.flatMap(([where, type, { schema, example }]) => {
      if (type !== 'application/json') return type === 'none' ? [`${titleOf(route)} ${where}: no content`] : []
      if (example === undefined || schema === undefined) return [`${titleOf(route)} ${where}: no example`]
      const problem = problemOf(schema, example)
      return problem ? [`${titleOf(route)} ${where}: ${problem}`] : []
    })
  })
  expect(problems).toEqual([])
}, 30_000)

test('every success but the empty one has a body in the envelope, a stream or a picture', () => {
  const isEnvelope = (schema: unknown) => JSON.stringify(schema ?? '').includes('"success"')
  const exempt = ['GET /api/auth/.well-known/jwks.json']
  expect(
    breaking((route) =>
      Object.entries(route.operation.responses).some(
        ([status, { content }]) =>
          status.startsWith('2') &&
          status !== '204' &&
          !exempt.includes(titleOf(route)) &&
          content?.['application/json'] !== undefined &&
          !isEnvelope(content['application/json'].schema),
      ),
    ),
  ).toEqual([])
})

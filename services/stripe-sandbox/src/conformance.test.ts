import { expect, test } from 'bun:test'
import { createConformance } from './conformance.schema.ts'
import { walkEveryEndpoint } from './conformance.walk.ts'
import { ENDPOINTS } from './router.ts'
import { startTestSandbox } from './sandbox.testing.ts'

const charge = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }
const intent = {
  type: 'object',
  required: ['amount', 'charge', 'status'],
  properties: {
    amount: { type: 'integer' },
    status: { type: 'string', enum: ['open', 'paid'] },
    charge: { anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/charge' }], nullable: true },
    reason: { type: 'string', nullable: true, enum: ['lost'] },
  },
}
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const responses = {
  200: json({ $ref: '#/components/schemas/intent' }),
  default: json({ type: 'object', required: ['error'] }),
}
const document = JSON.stringify({
  openapi: '3.0.0',
  info: { version: 'x' },
  paths: { '/v1/intents/{intent}': { get: { responses } } },
  components: { schemas: { charge, intent } },
})

const complaintsAbout = (body: object, status = 200) =>
  createConformance(document).complaints({ method: 'GET', path: '/v1/intents/pi_1', status, body })

test.each([
  { amount: 1, status: 'open', charge: null },
  { amount: 1, status: 'paid', charge: 'ch_1', reason: null },
  { amount: 1, status: 'paid', charge: { id: 'ch_1' }, reason: 'lost' },
])('a reply that fits the document is not complained of: %j', (body) => {
  expect(complaintsAbout(body)).toEqual([])
})

test.each([
  { status: 'open', charge: null },
  { amount: '1', status: 'open', charge: null },
  { amount: 1, status: 'other', charge: null },
  { amount: 1, status: 'open', charge: {} },
  { amount: 1, status: 'open', charge: null, reason: 'else' },
])('a reply that differs from the document is named: %j', (body) => {
  expect(complaintsAbout(body).join()).toContain('GET /v1/intents/pi_1 (200): ')
})

test('failures have a schema of their own, and an endpoint Stripe does not have is named', () => {
  expect(complaintsAbout({ error: {} }, 402)).toEqual([])
  expect(complaintsAbout({}, 402)).not.toEqual([])
  const unknown = { method: 'GET', path: '/v1/wishes', status: 200, body: {} }
  expect(createConformance(document).complaints(unknown)).toEqual(['GET /v1/wishes: Stripe has no such endpoint'])
})

test('every endpoint answers well at least once', async () => {
  const sandbox = await startTestSandbox()
  const replies = await walkEveryEndpoint(sandbox).finally(() => sandbox.stop())
  const isWalked = ({ method, pattern }: (typeof ENDPOINTS)[number]) =>
    replies.some((reply) => reply.method === method && pattern.test(reply.path) && reply.status < 300)
  expect(ENDPOINTS.filter((endpoint) => !isWalked(endpoint))).toEqual([])
  expect(replies.filter(({ status }) => status >= 500)).toEqual([])
})

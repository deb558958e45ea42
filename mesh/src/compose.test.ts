// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is compose's syntax
import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { interpolate, parseCompose } from './compose.ts'

const one = (body: string, variables = {}) => {
  const [service] = parseCompose(`services:\n  a:\n    image: mongo:8.0\n${body}`, variables).services
  if (!service) throw new Error('no service')
  return service
}

test('variables take their default when unset, and when empty only with a colon', () => {
  expect(interpolate('${A:-x}', { A: '' })).toBe('x')
  expect(interpolate('${A-x}', { A: '' })).toBe('')
  expect(interpolate('$A/${B}', { A: '1', B: '2' })).toBe('1/2')
  expect(interpolate('${A:+set}|${B:+set}', { A: '1' })).toBe('set|')
})

test('a default may hold another variable', () => {
  expect(interpolate('${URL:-http://localhost:${PORT:-8080}}', {})).toBe('http://localhost:8080')
  expect(interpolate('${URL:-http://localhost:${PORT:-8080}}', { PORT: '9' })).toBe('http://localhost:9')
})

test('a doubled dollar is a dollar', () => expect(interpolate('^/a(/|$$)', {})).toBe('^/a(/|$)'))

test('a required variable that is missing is named with its message', () => {
  expect(() => interpolate('${KEY:?set it}', {})).toThrow('KEY is required: set it')
})

test('depends_on is read with its conditions', () => {
  const source = `services:\n  a: { image: redis }\n  b: { image: redis, depends_on: { a: { condition: service_healthy } } }`
  expect(parseCompose(source, {}).services[1]?.depends_on.a?.condition).toBe('service_healthy')
})

test('what the mesh does not read is refused with its place in the manifest', () => {
  const refused = (body: string, where: string) => expect(() => one(`    ${body}`)).toThrow(where)
  refused('depends_on: [b]', 'services.a.depends_on')
  refused('environment: ["A=x"]', 'services.a.environment')
  refused('command: bun main.ts', 'services.a.command')
  refused('healthcheck: { interval: soon }', 'no duration, such as 1m30s\n  → at services.a.healthcheck.interval')
})

test('a dependency that is not in the manifest is refused unless it is not required', () => {
  const source = (required: boolean) =>
    `services:\n  a: { image: redis, depends_on: { b: { condition: service_started, required: ${required} } } }`
  expect(() => parseCompose(source(true), {})).toThrow('a depends on b')
  expect(parseCompose(source(false), {}).services[0]?.depends_on).toEqual({})
})

test('a health check carries its times in milliseconds', () => {
  const { healthcheck } = one('    healthcheck: { test: [CMD, x], interval: 1m30s, timeout: 500ms, retries: 4 }')
  expect(healthcheck).toMatchObject({ test: ['CMD', 'x'], interval: 90_000, timeout: 500, retries: 4 })
})

test('the environment is text', () => {
  expect(one('    environment: { A: 1, B: true }').environment).toEqual({ A: '1', B: 'true' })
})

test('services of a profile, and those whose variable is set, are left out', () => {
  const source = 'services:\n  a: { image: redis, profiles: [tools] }\n  b: { image: redis, x-unless: KEY }'
  expect(parseCompose(source, {}).services.map(({ name }) => name)).toEqual(['b'])
  expect(parseCompose(source, { KEY: 'k' }).services).toEqual([])
})

const manifest = readFileSync(join(import.meta.dir, '../../docker-compose.yml'), 'utf8')

test('every router of the shop names its entry points and its priority', () => {
  for (const { labels } of parseCompose(manifest, {}).services)
    for (const rule of Object.keys(labels).filter((name) => name.endsWith('.rule'))) {
      const router = rule.replace(/\.rule$/, '')
      expect(labels[`${router}.entrypoints`]).toBeDefined()
      expect(labels[`${router}.priority`]).toBeDefined()
    }
})

test('no private path and no path of a control interface is routed on the public entry point', () => {
  for (const { labels } of parseCompose(manifest, {}).services)
    for (const [name, rule] of Object.entries(labels).filter(([label]) => label.endsWith('.rule'))) {
      const isPublic = labels[name.replace(/rule$/, 'entrypoints')]?.split(',').includes('web')
      const wanted = rule.replace(/!\w+\(`[^`]*`\)/g, '')
      if (isPublic) expect(wanted).not.toMatch(/internal|_control|authorize/)
    }
})

test('with a Stripe key the sandbox is not started', () => {
  const names = (variables: Record<string, string>) =>
    parseCompose(manifest, variables).services.map(({ name }) => name)
  expect(names({})).toContain('stripe-sandbox')
  expect(names({ STRIPE_SECRET_KEY: 'sk_test_x' })).not.toContain('stripe-sandbox')
})

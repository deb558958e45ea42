import { expect, test } from 'bun:test'
import { parseStart, refuseUnsafe } from './options.ts'

const refusal = (args: string[], env: Record<string, string>) => {
  try {
    refuseUnsafe(parseStart(args, env), env)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
const PUBLIC = { NODE_ENV: 'production', PUBLIC_URL: 'https://shop.example' }

test('on loopback everything may be open', () => {
  expect(refusal([], {})).toBe('')
  expect(refusal(['--host', '::1'], { PUBLIC_URL: 'http://localhost:9000' })).toBe('')
})

test('a bind that others reach refuses demo accounts, the sandbox and links to nowhere', () => {
  const said = refusal(['--host', '0.0.0.0'], {})
  for (const advice of ['--host 0.0.0.0', 'add --no-seed', 'set STRIPE_SECRET_KEY', 'set PUBLIC_URL'])
    expect(said).toContain(advice)
})

test('a public address in production mode refuses demo accounts and the sandbox, also when the mode is not named', () => {
  for (const env of [PUBLIC, { PUBLIC_URL: PUBLIC.PUBLIC_URL }]) {
    expect(refusal([], env)).toContain('add --no-seed')
    expect(refusal([], env)).toContain('set STRIPE_SECRET_KEY')
  }
  expect(refusal([], { ...PUBLIC, NODE_ENV: 'test' })).toBe('')
})

test('with a Stripe key and without demo data a public address is fine, and no key is echoed', () => {
  const env = { ...PUBLIC, STRIPE_SECRET_KEY: 'sk_test_secret' }
  expect(refusal(['--no-seed'], env)).toBe('')
  expect(refusal([], env)).not.toContain('sk_test_secret')
})

test('ports and scales that are none are named', () => {
  expect(() => parseStart(['--port', '99999'], {})).toThrow('"99999" is no port.')
  expect(() => parseStart(['--scale', 'catalog'], {})).toThrow('Write it as catalog=2.')
  expect(parseStart(['--scale', 'catalog=2', '--scale', 'cart=3'], { PORT: '9000' })).toMatchObject({
    port: 9000,
    scale: { catalog: 2, cart: 3 },
  })
})

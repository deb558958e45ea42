import { afterEach, expect, setSystemTime, test } from 'bun:test'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAssertionSigner, createCallerVerifier, createServiceKeys } from './assertion.ts'

const keysDir = await mkdtemp(join(tmpdir(), 'vitrine-keys-'))
await createServiceKeys(keysDir)
const verify = await createCallerVerifier(keysDir)
const call = { audience: 'catalog', method: 'POST', path: '/internal/catalog/reservations' }

const at = (seconds: number) => setSystemTime(new Date(Date.UTC(2026, 0, 1) + seconds * 1000))
afterEach(() => setSystemTime())

test('an assertion is good for its own call alone, also when it was seen before, and for a minute', async () => {
  at(0)
  const sign = await createAssertionSigner(keysDir, 'orders')
  const assertion = await sign(call)
  expect(await verify(assertion, call)).toBe('orders')
  expect(await verify(assertion, call)).toBe('orders')
  for (const other of [{ audience: 'payments' }, { method: 'GET' }, { path: '/internal/catalog/variants' }])
    expect(await verify(assertion, { ...call, ...other })).toBeNull()
  at(59)
  expect(await verify(assertion, call)).toBe('orders')
  at(61)
  expect(await verify(assertion, call)).toBeNull()
})

test('the same call is signed once in half a minute, each other call for itself', async () => {
  at(0)
  const sign = await createAssertionSigner(keysDir, 'orders')
  const first = await sign(call)
  expect(await sign({ ...call, path: '/internal/catalog/variants' })).not.toBe(first)
  at(29)
  expect(await sign(call)).toBe(first)
  at(31)
  const second = await sign(call)
  expect(second).not.toBe(first)
  at(61)
  expect(await verify(second, call)).toBe('orders')
})

test('an assertion signed with the key of another service, or changed, is nobody’s', async () => {
  const sign = await createAssertionSigner(keysDir, 'cart')
  const [head, , signature] = (await sign(call)).split('.')
  const claims = { method: call.method, path: call.path, iss: 'orders', aud: 'catalog', exp: 4_000_000_000 }
  const forged = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  expect(await verify(forged, call)).toBeNull()
  expect(await verify(null, call)).toBeNull()
})

import { expect, test } from 'bun:test'
import { Glob } from 'bun'
import { readForm } from '#app/server/form.server.ts'

const FORM = 'application/x-www-form-urlencoded'
const PARTS = 'multipart/form-data; boundary=cut'
const WHOLE_PARTS = '--cut\r\nContent-Disposition: form-data; name="sku"\r\n\r\nCUP\r\n--cut--\r\n'

const post = (type: string | null, body: string | null) => {
  const headers = new Headers(type === null ? {} : { 'Content-Type': type })
  // A string as body would bring a content type of its own.
  const bytes = body === null ? null : new TextEncoder().encode(body)
  return readForm(new Request('http://storefront:3000/cart', { method: 'POST', headers, body: bytes }))
}

/** The status of the answer that reading this form throws. */
const refused = (type: string | null, body: string | null): Promise<number> =>
  post(type, body).then(
    () => 0,
    (thrown: { init?: { status?: number } }) => thrown.init?.status ?? 500,
  )

test.each([
  ['no content type and no body', null, null],
  ['no content type', null, 'sku=CUP'],
  ['text', 'text/plain', 'sku=CUP'],
  ['JSON', 'application/json', '{"sku":"CUP"}'],
  ['a type that only begins like a form', 'application/x-www-form-urlencoded-not', 'sku=CUP'],
])('%s is no form: 415', async (_, type, body) => {
  expect(await refused(type, body)).toBe(415)
})

test.each([
  ['without a boundary', 'multipart/form-data', WHOLE_PARTS],
  ['without a body', PARTS, null],
  ['broken in its head', PARTS, '--cut\r\nContent-Disposition'],
  ['cut off', PARTS, WHOLE_PARTS.slice(0, -12)],
  ['of another boundary', PARTS, WHOLE_PARTS.replaceAll('cut', 'else')],
])('a form in parts, %s, is refused: 400', async (_, type, body) => {
  expect(await refused(type, body)).toBe(400)
})

test.each([
  [FORM, 'sku=CUP'],
  [`${FORM};charset=UTF-8`, 'sku=CUP'],
  ['Application/X-WWW-Form-Urlencoded', 'sku=CUP'],
  [PARTS, WHOLE_PARTS],
])('a form sent as %s is read', async (type, body) => {
  expect((await post(type, body)).get('sku')).toBe('CUP')
})

test('a form without a field is an empty one', async () => {
  expect([...(await post(FORM, null))]).toEqual([])
})

test('no page reads a form any other way', async () => {
  const app = `${import.meta.dir}/..`
  const files = await Array.fromAsync(new Glob('{routes,features,server}/**/*.{ts,tsx}').scan(app))
  const reads = await Promise.all(
    files.map(async (file) => /\.formData\(\)/.test(await Bun.file(`${app}/${file}`).text()) && file),
  )
  expect(reads.filter(Boolean)).toEqual(['server/form.server.ts'])
})

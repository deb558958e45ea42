import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createFinishedReplies, sendFinished } from './finished.ts'

const data = { items: Array.from({ length: 200 }, (_, index) => ({ id: `prd_${index}`, title: 'Pomona teapot' })) }
const exchange = (headers: Record<string, string> = {}) => ({
  request: new Request('http://localhost/', { headers }),
  set: { headers: { 'x-request-id': 'req-1' }, status: 200 },
})

async function finishedOnce() {
  return createFinishedReplies({ maxBytes: 1_000_000 }).get('list', 'v1', async () => data)
}

test('a reply is sent in the best encoding the caller takes, each with a tag of its own', async () => {
  const finished = await finishedOnce()
  const plain = await sendFinished(exchange(), finished)
  const brotli = await sendFinished(exchange({ 'accept-encoding': 'gzip, br' }), finished)
  const gzip = await sendFinished(exchange({ 'accept-encoding': 'gzip' }), finished)
  expect(await plain.json()).toEqual(data)
  expect(JSON.parse(brotliDecompressSync(await brotli.bytes()).toString())).toEqual(data)
  expect(JSON.parse(gunzipSync(await gzip.bytes()).toString())).toEqual(data)
  const tags = [plain, brotli, gzip].map((reply) => reply.headers.get('etag'))
  expect(new Set(tags).size).toBe(3)
  expect(brotli.headers.get('vary')).toBe('Accept-Encoding')
})

test('a caller who names the tag hears 304; another tag is answered in full', async () => {
  const finished = await finishedOnce()
  const tag = (await sendFinished(exchange(), finished)).headers.get('etag') ?? ''
  expect((await sendFinished(exchange({ 'if-none-match': `"other", ${tag}` }), finished)).status).toBe(304)
  expect((await sendFinished(exchange({ 'if-none-match': `${tag.slice(0, -1)}x"` }), finished)).status).toBe(200)
})

test('a reply is made once for all who ask, again for another stamp, and a failure is not kept', async () => {
  const replies = createFinishedReplies({ maxBytes: 1_000_000 })
  let made = 0
  const build = async () => ({ made: ++made })
  await Promise.all(Array.from({ length: 50 }, () => replies.get('list', 'v1', build)))
  expect(made).toBe(1)
  await replies.get('list', 'v2', build)
  expect(made).toBe(2)
  const broken = () => replies.get('broken', 'v1', () => Promise.reject(new Error('away')))
  await expect(broken()).rejects.toThrow('away')
  await expect(replies.get('broken', 'v1', build)).resolves.toBeDefined()
})

test('what is kept stays below its size, whatever is asked for', async () => {
  const replies = createFinishedReplies({ maxBytes: 50_000 })
  let made = 0
  const build = async () => ({ made: ++made, text: 'x'.repeat(5_000) })
  for (let key = 0; key < 100; key++) await replies.get(`page ${key}`, 'v1', build)
  await replies.get('page 99', 'v1', build)
  expect(made).toBe(100)
  await replies.get('page 0', 'v1', build)
  expect(made).toBe(101)
})

import { expect, test } from 'bun:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { encodingFor } from '@vitrine/contracts/encoding'
import { compressReply } from '#app/server/compression.server.ts'

const PAGE = `<!DOCTYPE html>${'<p>Good things, in plain view.</p>'.repeat(200)}`
const reply = (type = 'text/html; charset=utf-8', headers: Record<string, string> = {}) =>
  new Response(PAGE, { headers: { 'Content-Type': type, ...headers } })
const visit = (encodings: string) => new Request('http://shop.test/', { headers: { 'Accept-Encoding': encodings } })

test('brotli is taken before gzip, and nothing the visitor refuses', () => {
  expect(encodingFor('gzip, deflate, br')).toBe('br')
  expect(encodingFor('gzip, br;q=0')).toBe('gzip')
  expect(encodingFor('identity')).toBeNull()
  expect(encodingFor(null)).toBeNull()
})

test('a page is sent compressed and reads back the same', async () => {
  const brotli = await compressReply(visit('br'), reply())
  expect(brotli.headers.get('Content-Encoding')).toBe('br')
  expect(brotli.headers.get('Vary')).toContain('Accept-Encoding')
  expect(brotliDecompressSync(await brotli.arrayBuffer()).toString()).toBe(PAGE)
  const gzip = await compressReply(visit('gzip'), reply())
  expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(PAGE)
})

test('events, pictures and pages with secrets are left as they are', async () => {
  for (const one of [
    reply('text/event-stream'),
    reply('image/webp'),
    reply(undefined, { 'Cache-Control': 'no-store' }),
  ]) {
    const sent = await compressReply(visit('br'), one)
    expect(sent.headers.get('Content-Encoding')).toBeNull()
    expect(await sent.text()).toBe(PAGE)
  }
})

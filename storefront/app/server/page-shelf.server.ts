import { type Encoding, encodingFor, isKnownTag } from '@vitrine/contracts/encoding'
import { LRUCache } from 'lru-cache'
import { readCatalogMark } from '#app/server/catalog-mark.server.ts'
import { compress } from '#app/server/compression.server.ts'
import { type PageKey, pageKeyOf, standInFor, textOf } from '#app/server/page-key.server.ts'
import type { RenderPage } from '#app/server/page-notes.ts'
import { productOfCookies, recentCookies } from '#app/server/recent.server.ts'

const MOST_BYTES = 32 * 1024 * 1024
const OVERHEAD_BYTES = 1000
/** What a page holds beside the catalog, such as how the shop takes payments, is read again after this time. */
const MOST_AGE_MS = 60_000

type Bytes = Uint8Array<ArrayBuffer>

/** An answer as bytes. Only a whole, successful page is kept; everything else serves those who wait for it now. */
interface Page {
  mark: string
  status: number
  headers: Headers
  bytes: Bytes
  tag: string
  encoded: Map<Encoding, Promise<Bytes>>
  productId: string | null
}

const kept = new LRUCache<string, Page>({
  maxSize: MOST_BYTES,
  ttl: MOST_AGE_MS,
  // Compressed forms come later; together they are smaller than the plain one.
  sizeCalculation: ({ bytes }) => bytes.byteLength * 2 + OVERHEAD_BYTES,
})
/** The product on a page, by path: whether a visitor has seen others depends on it. */
const products = new LRUCache<string, string>({ max: 5000 })
const making = new Map<string, Promise<Page>>()

async function make(key: PageKey, mark: string, visit: Request, render: RenderPage): Promise<Page> {
  const notes = { isWhole: true }
  const response = await render(standInFor(key, mark, visit), { notes })
  const headers = new Headers(response.headers)
  const cookies = headers.getSetCookie()
  headers.delete('Set-Cookie')
  const bytes = new Uint8Array(await response.arrayBuffer())
  const productId = productOfCookies(cookies)
  const tag = Bun.hash(bytes).toString(36)
  const page = { mark, status: response.status, headers, bytes, tag, encoded: new Map(), productId }
  if (productId) products.set(key.path, productId)
  const isOnlyRecent = cookies.length === (productId ? 1 : 0)
  if (response.status === 200 && notes.isWhole && isOnlyRecent) kept.set(textOf(key), page)
  return page
}

/** The page of this key as of the mark, made once for all who ask for it at that time. */
function pageOf(key: PageKey, mark: string, visit: Request, render: RenderPage): Page | Promise<Page> {
  const text = textOf(key)
  const known = kept.get(text)
  if (known?.mark === mark) return known
  const turn = `${mark} ${text}`
  const running = making.get(turn) ?? make(key, mark, visit, render).finally(() => making.delete(turn))
  making.set(turn, running)
  return running
}

function encodedPage(page: Page, encoding: Encoding): Promise<Bytes> {
  const known = page.encoded.get(encoding) ?? compress(page.bytes, encoding)
  page.encoded.set(encoding, known)
  return known
}

async function send(request: Request, page: Page): Promise<Response> {
  const headers = new Headers(page.headers)
  for (const cookie of page.productId ? recentCookies(request, page.productId) : [])
    headers.append('Set-Cookie', cookie)
  headers.append('Vary', 'Accept-Encoding')
  if (page.status !== 200) return new Response(page.bytes, { status: page.status, headers })
  const encoding = encodingFor(request.headers.get('Accept-Encoding'))
  const tag = encoding ? `"${page.tag}-${encoding}"` : `"${page.tag}"`
  headers.set('ETag', tag)
  if (isKnownTag(request.headers.get('If-None-Match'), tag)) return new Response(null, { status: 304, headers })
  if (!encoding) return new Response(page.bytes, { headers })
  headers.set('Content-Encoding', encoding)
  return new Response(await encodedPage(page, encoding), { headers })
}

/**
 * Answers with a page that many see alike, from bytes as long as the catalog has not changed (decision 011). Null for
 * every other page, and for all while nobody can tell whether something changed.
 */
export async function answerFromShelf(request: Request, render: RenderPage): Promise<Response | null> {
  const key = pageKeyOf(request, products.get(new URL(request.url).pathname))
  const mark = key && (await readCatalogMark())
  if (!mark) return null
  return send(request, await pageOf(key, mark, request, render))
}

import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Encoding, encodingFor } from '@vitrine/contracts/encoding'

/** Less than a packet is not worth the work. */
const LEAST_BYTES = 1400
/** What browsers read as text; pictures and fonts are compressed already. */
const TEXT =
  /^(text\/(html|css|javascript|plain|xml)|application\/(json|javascript|xml|manifest\+json)|image\/svg\+xml)/

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

export const isCompressible = (contentType: string | null): boolean => TEXT.test(contentType ?? '')

/**
 * The bytes in this encoding. A page is made for one visitor and compressed quickly; a file is compressed once for
 * all (`isForMany`), as well as it goes.
 */
export function compress(bytes: Uint8Array, encoding: Encoding, isForMany = false): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return deflate(bytes, { level: isForMany ? 9 : 1 })
  const quality = isForMany ? constants.BROTLI_MAX_QUALITY : 4
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return brotli(bytes, { params })
}

/**
 * The reply in an encoding the visitor takes. Only whole texts: a stream of events keeps its pace. Pages with a
 * `Cache-Control: no-store` hold secrets of the visitor beside what the address chose, and compressed sizes tell on
 * such pages (the BREACH attack), so they stay as they are.
 */
export async function compressReply(request: Request, response: Response): Promise<Response> {
  const { headers } = response
  if (!response.body || !isCompressible(headers.get('Content-Type')) || headers.has('Content-Encoding')) return response
  headers.append('Vary', 'Accept-Encoding')
  const encoding = encodingFor(request.headers.get('Accept-Encoding'))
  if (!encoding || headers.get('Cache-Control')?.includes('no-store')) return response
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isWorthIt = bytes.length >= LEAST_BYTES
  if (isWorthIt) headers.set('Content-Encoding', encoding)
  headers.delete('Content-Length')
  const body = isWorthIt ? await compress(bytes, encoding) : bytes
  return new Response(body as Uint8Array<ArrayBuffer>, {
    status: response.status,
    statusText: response.statusText,
    headers,
  })
}

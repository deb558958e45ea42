import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Encoding, encodingFor, isKnownTag } from '@vitrine/contracts/encoding'
import { LRUCache } from 'lru-cache'

/** Less than a packet is not worth compressing. */
const LEAST_BYTES = 1400
const OVERHEAD_BYTES = 400
/** Made once and sent often, but made again after every change: quick levels. */
const LEVEL = { br: 4, gzip: 5 }

/** A success as bytes, ready to be sent any number of times. */
export interface Finished {
  stamp: string
  tag: string
  bytes: Uint8Array<ArrayBuffer>
  encoded: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>
}

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

async function compress(bytes: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === 'gzip') return new Uint8Array(await deflate(bytes, { level: LEVEL.gzip }))
  return new Uint8Array(await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: LEVEL.br } }))
}

function finish(stamp: string, data: unknown): Finished {
  const bytes = new TextEncoder().encode(JSON.stringify(data))
  return { stamp, tag: Bun.hash(bytes).toString(36), bytes, encoded: new Map() }
}

/**
 * Keeps the bytes of replies, the least used leave first. `stamp` says what a reply was made of: one of another
 * stamp is made again, once for all who ask for it at that time.
 */
export function createFinishedReplies({ maxBytes }: { maxBytes: number }) {
  const kept = new LRUCache<string, Finished>({
    maxSize: maxBytes,
    // Compressed forms come later; together they are smaller than the plain one.
    sizeCalculation: ({ bytes }) => bytes.byteLength * 2 + OVERHEAD_BYTES,
  })
  const making = new Map<string, Promise<Finished>>()

  async function make(key: string, stamp: string, build: () => Promise<unknown>): Promise<Finished> {
    const made = finish(stamp, await build())
    kept.set(key, made)
    return made
  }

  return {
    async get(key: string, stamp: string, build: () => Promise<unknown>): Promise<Finished> {
      const known = kept.get(key)
      if (known?.stamp === stamp) return known
      const turn = `${stamp} ${key}`
      const running = making.get(turn) ?? make(key, stamp, build).finally(() => making.delete(turn))
      making.set(turn, running)
      return running
    },
  }
}

export type FinishedReplies = ReturnType<typeof createFinishedReplies>

/** What a handler hands in of its Elysia context. */
export interface Exchange {
  request: Request
  set: { headers: Record<string, string | number>; status?: number | string }
}

/** The reply to this request: compressed as the caller takes it, or 304 when the caller has it already. */
export async function sendFinished({ request, set }: Exchange, finished: Finished): Promise<Response> {
  const isLarge = finished.bytes.byteLength >= LEAST_BYTES
  const encoding = isLarge ? encodingFor(request.headers.get('accept-encoding')) : null
  const tag = encoding ? `"${finished.tag}-${encoding}"` : `"${finished.tag}"`
  const headers: Record<string, string> = {
    'x-request-id': String(set.headers['x-request-id'] ?? ''),
    'cache-control': 'no-cache',
    vary: 'Accept-Encoding',
    etag: tag,
  }
  // Elysia would copy a reply with headers of its own, and with it turn the bytes into a stream.
  set.headers = {}
  if (isKnownTag(request.headers.get('if-none-match'), tag)) {
    set.status = 304
    return new Response(null, { status: 304, headers })
  }
  headers['content-type'] = 'application/json;charset=utf-8'
  if (!encoding) return new Response(finished.bytes, { headers })
  headers['content-encoding'] = encoding
  const known = finished.encoded.get(encoding) ?? compress(finished.bytes, encoding)
  finished.encoded.set(encoding, known)
  return new Response(await known, { headers })
}

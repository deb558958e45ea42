import { type Encoding, encodingFor } from '@vitrine/contracts/encoding'
import { compress, isCompressible } from '#app/server/compression.server.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const ONE_HOUR = 'public, max-age=3600'

/**
 * Serves the files below `folder` (an absolute path that ends in a slash) that are there at the start; null for any
 * other path. A text is compressed when it is first asked for and kept.
 */
export function createFileServer(folder: string): (request: Request, path: string) => Promise<Response> | null {
  const files = new Set(new Bun.Glob('**/*').scanSync({ cwd: folder }))
  const compressed = new Map<string, Promise<Uint8Array>>()

  function compressedFile(name: string, encoding: Encoding): Promise<Uint8Array> {
    const key = `${encoding} ${name}`
    const made =
      compressed.get(key) ??
      Bun.file(folder + name)
        .bytes()
        .then((bytes) => compress(bytes, encoding, true))
    compressed.set(key, made)
    return made
  }

  async function serve(request: Request, name: string): Promise<Response> {
    const file = Bun.file(folder + name)
    const headers = new Headers({
      'Cache-Control': name.startsWith('assets/') ? IMMUTABLE : ONE_HOUR,
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': file.type,
    })
    if (!isCompressible(file.type)) return new Response(file, { headers })
    headers.set('Vary', 'Accept-Encoding')
    const encoding = encodingFor(request.headers.get('Accept-Encoding'))
    if (!encoding) return new Response(file, { headers })
    headers.set('Content-Encoding', encoding)
    return new Response((await compressedFile(name, encoding)) as Uint8Array<ArrayBuffer>, { headers })
  }

  return (request, path) => (files.has(path.slice(1)) ? serve(request, path.slice(1)) : null)
}

import { AppError, invalidInput } from '@vitrine/kernel/errors'

export const MOST_BYTES = 64 * 1024 * 1024
const PIECE_BYTES = 512 * 1024
const LONGEST_HEADER = 8 * 1024

const notText = () => invalidInput({ file: ['Save the file as UTF-8 text.'] })

/** Passes an upload on in pieces of one size, checking that it is text and not too much of it. */
export function piecesOf(body: ReadableStream<Uint8Array> | null) {
  let bytes = 0
  let start = ''
  const decoder = new TextDecoder('utf-8', { fatal: true })

  function check(part: Uint8Array | null): void {
    try {
      const text = part ? decoder.decode(part, { stream: true }) : decoder.decode()
      if (text.includes('\0')) throw notText()
      if (start.length < LONGEST_HEADER) start += text.slice(0, LONGEST_HEADER)
    } catch {
      throw notText()
    }
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    let waiting: Uint8Array[] = []
    let size = 0
    // A web stream can be iterated in Bun and Node; the DOM's type of it does not say so.
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += part.byteLength
      if (bytes > MOST_BYTES) throw new AppError('too_large', 'An import file may have up to 64 MiB.')
      check(part)
      waiting.push(part)
      size += part.byteLength
      if (size < PIECE_BYTES) continue
      yield Buffer.concat(waiting)
      waiting = []
      size = 0
    }
    check(null)
    if (size > 0) yield Buffer.concat(waiting)
  }

  return { pieces: pieces(), read: () => ({ bytes, header: start.split(/\r?\n/, 1)[0] ?? '' }) }
}

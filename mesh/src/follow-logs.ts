import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { prefixOf } from './log-file.ts'

const LAST_BYTES = 16 * 1024
const POLL_MS = 200

/** What was appended to a file since the last call, in whole lines; the first call gives its end. */
function createTail(file: string) {
  let offset = -1
  let rest = ''
  return function nextLines(): string[] {
    const handle = openSync(file, 'r')
    try {
      const { size } = fstatSync(handle)
      if (offset < 0) offset = Math.max(0, size - LAST_BYTES)
      if (size < offset) offset = 0
      const buffer = Buffer.alloc(size - offset)
      offset += readSync(handle, buffer, 0, buffer.length, offset)
      const lines = (rest + buffer.toString()).split('\n')
      rest = lines.pop() ?? ''
      return lines
    } finally {
      closeSync(handle)
    }
  }
}

/** Prints the logs with a coloured prefix each; keeps printing when following. */
export async function followLogs({
  folder,
  names,
  isFollowing,
}: {
  folder: string
  names: string[]
  isFollowing: boolean
}): Promise<void> {
  const width = Math.max(...names.map((name) => name.length))
  const tails = names.map((name, position) => ({
    prefix: prefixOf(name, position, width, process.stdout.isTTY),
    nextLines: createTail(join(folder, `${name}.log`)),
  }))
  for (;;) {
    for (const { prefix, nextLines } of tails) for (const line of nextLines()) console.log(prefix + line)
    if (!isFollowing) return
    await Bun.sleep(POLL_MS)
  }
}

import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const LARGEST = 10 * 1024 * 1024
const LAST_BYTES = 16 * 1024
const POLL_MS = 200
const COLOURS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91]

/** Where to read on, and the last lines of a log, for the end of an error's message. */
export function endOfLog(file: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : ''
  return `The end of its log (${file}):\n${text || '(nothing)'}`
}

/** Moves a log that has grown large aside; one older log is kept. */
export function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`)
}

/** `catalog.1 │ ` in a colour of its own. */
function prefixOf(name: string, position: number, width: number): string {
  const label = `${name.padEnd(width)} │ `
  return process.stdout.isTTY ? `\u001b[${COLOURS[position % COLOURS.length]}m${label}\u001b[0m` : label
}

/** Prints the end of each log, every line with its prefix; keeps printing when following. */
export async function printLogs(folder: string, names: string[], isFollowing: boolean): Promise<void> {
  const width = Math.max(...names.map((name) => name.length))
  const logs = names.map((name, position) => {
    const file = join(folder, `${name}.log`)
    const offset = Math.max(0, statSync(file).size - LAST_BYTES)
    return { file, offset, rest: '', prefix: prefixOf(name, position, width) }
  })
  for (;;) {
    for (const log of logs) {
      const { size } = statSync(log.file)
      if (size < log.offset) log.offset = 0
      const lines = (log.rest + (await Bun.file(log.file).slice(log.offset, size).text())).split('\n')
      log.offset = size
      log.rest = lines.pop() ?? ''
      for (const line of lines) console.log(log.prefix + line)
    }
    if (!isFollowing) return
    await Bun.sleep(POLL_MS)
  }
}

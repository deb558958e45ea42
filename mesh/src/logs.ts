import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const LARGEST = 10 * 1024 * 1024
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

/** Prints the end of each log, or of those of one service, every line with its name; keeps printing when following. */
export async function printLogs(folder: string, only: string, isFollowing: boolean): Promise<void> {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.log')) : []
  const all = files.map((file) => file.slice(0, -4)).sort()
  const names = all.filter((log) => !only || log === only || log.startsWith(`${only}.`))
  if (!names.length)
    throw new Error(`There is no log of ${only || 'anything'} yet. There are: ${all.join(', ') || 'none'}.`)
  const width = Math.max(...names.map((name) => name.length))
  for (const [position, name] of names.entries()) {
    const colour = process.stdout.isTTY ? `\u001b[${COLOURS[position % COLOURS.length]}m` : ''
    const prefix = `${colour}${name.padEnd(width)} │ ${colour && '\u001b[0m'}`
    const options = ['-n', '100', ...(isFollowing ? ['-F'] : []), join(folder, `${name}.log`)]
    const { stdout } = spawn('tail', options, { stdio: ['ignore', 'pipe', 'ignore'] })
    const lines = createInterface(stdout).on('line', (line) => console.log(prefix + line))
    if (!isFollowing) await once(lines, 'close')
  }
}

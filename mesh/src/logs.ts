import { spawn } from 'node:child_process'
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
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

/** Prints the end of each log, every line with its name in a colour of its own; keeps printing when following. */
export async function printLogs(folder: string, names: string[], isFollowing: boolean): Promise<void> {
  const width = Math.max(...names.map((name) => name.length))
  for (const [position, name] of names.entries()) {
    const label = `${name.padEnd(width)} │ `
    const prefix = process.stdout.isTTY ? `\u001b[${COLOURS[position % COLOURS.length]}m${label}\u001b[0m` : label
    const follow = isFollowing ? ['-F'] : []
    const file = join(folder, `${name}.log`)
    const tail = spawn('tail', ['-n', '100', ...follow, file], { stdio: ['ignore', 'pipe', 'ignore'] })
    const lines = createInterface(tail.stdout).on('line', (line) => console.log(prefix + line))
    if (!isFollowing) await new Promise((done) => lines.once('close', done))
  }
}

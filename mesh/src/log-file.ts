import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'

const LARGEST = 10 * 1024 * 1024

/** The last lines of a log, or an empty string. */
export function tailOf(file: string, lines: number): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : ''
}

/** Moves a log that has grown large aside; one older log is kept. */
export function rotate(file: string): void {
  if (existsSync(file) && statSync(file).size > LARGEST) renameSync(file, `${file}.1`)
}

const COLOURS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91]

/** `catalog.1 │ ` in a colour of its own. */
export function prefixOf(name: string, position: number, width: number, isColoured: boolean): string {
  const label = `${name.padEnd(width)} │ `
  return isColoured ? `\u001b[${COLOURS[position % COLOURS.length]}m${label}\u001b[0m` : label
}

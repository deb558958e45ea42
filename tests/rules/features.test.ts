import { expect, test } from 'bun:test'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dir, '../..')

interface Row {
  feature: string
  proofs: { file: string; sentence: string }[]
}

/** The rows of the tables of docs/features.md and docs/faults.md: what the shop does, and after it each test that shows it, as `file`: sentence. */
function rowsOf(markdown: string): Row[] {
  const lines = markdown.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what'))
  return lines.map((line) => {
    const [, feature = '', proofs = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim())
    const found = [...proofs.matchAll(/`([^`]+)`: (.+?)(?:<br>|$)/g)]
    return { feature, proofs: found.map(([, file = '', sentence = '']) => ({ file, sentence: sentence.trim() })) }
  })
}

const features = rowsOf(await readFile(join(ROOT, 'docs/features.md'), 'utf8'))
const faults = rowsOf(await readFile(join(ROOT, 'docs/faults.md'), 'utf8'))
const rows = [...features, ...faults]

test('every feature names a test that shows it', () => {
  expect(features.length).toBeGreaterThan(50)
  expect(rows.filter(({ proofs }) => proofs.length === 0).map(({ feature }) => feature)).toEqual([])
})

test('the 38 faults each have their row, in order', () => {
  const numbers = faults.flatMap(({ feature }) => /^F(\d+) /.exec(feature)?.[1] ?? [])
  expect(numbers).toEqual(Array.from({ length: 38 }, (_, index) => String(index + 1)))
})

test('every test that a feature names exists under that sentence', async () => {
  const missing: string[] = []
  for (const { feature, proofs } of rows) {
    for (const { file, sentence } of proofs) {
      const source = await readFile(join(ROOT, file), 'utf8').catch(() => '')
      if (!source.includes(sentence)) missing.push(`${feature}: "${sentence}" is not in ${file}`)
    }
  }
  expect(missing).toEqual([])
})

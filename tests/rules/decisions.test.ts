import { expect, test } from 'bun:test'
import { join, resolve } from 'node:path'
import { Glob } from 'bun'

const FOLDER = resolve(import.meta.dir, '../../docs/decisions')

test('decisions are numbered without gap or repetition, and their title says the same number', async () => {
  const files = [...new Glob('*.md').scanSync(FOLDER)].sort()
  const titles = await Promise.all(files.map((file) => Bun.file(join(FOLDER, file)).text()))
  const expected = files.map((_, index) => String(index + 1).padStart(3, '0'))
  expect(files.length).toBeGreaterThan(0)
  expect(files.map((file) => file.slice(0, 3))).toEqual(expected)
  expect(titles.map((text) => text.slice(0, 6))).toEqual(expected.map((number) => `# ${number}:`))
})

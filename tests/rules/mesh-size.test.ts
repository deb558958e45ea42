import { expect, test } from 'bun:test'
import { join, resolve } from 'node:path'
import { Glob } from 'bun'

const MESH = resolve(import.meta.dir, '../../mesh')
const MOST_LINES = 1500

test('the mesh stays small enough to read: at most 1,500 lines without its tests', async () => {
  const found = ['*', 'src/**/*'].flatMap((pattern) => [...new Glob(pattern).scanSync(MESH)])
  const files = found.filter((file) => !file.includes('.test.'))
  const texts = await Promise.all(files.map((file) => Bun.file(join(MESH, file)).text()))
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0)
  expect(lines).toBeGreaterThan(0)
  expect(lines).toBeLessThanOrEqual(MOST_LINES)
})

import { expect, test } from 'bun:test'
import { join, resolve } from 'node:path'
import { Glob } from 'bun'

const ROOT = resolve(import.meta.dir, '../..')

test('the image of the services installs from every workspace: the lock file is frozen', async () => {
  const dockerfile = await Bun.file(join(ROOT, 'services/Dockerfile')).text()
  const manifests = ['{storefront,mesh,tests,bench}', 'services/*'].flatMap((folder) => [
    ...new Glob(`${folder}/package.json`).scanSync(ROOT),
  ])
  expect(manifests.length).toBeGreaterThan(10)
  expect(manifests.filter((manifest) => !dockerfile.includes(`COPY ${manifest} `))).toEqual([])
})

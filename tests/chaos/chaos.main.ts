import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readState } from '../mesh.process.ts'
import { catchBrokenBuild, catchBrokenBuilds } from './broken.ts'
import { startFaultyMesh } from './chaos.mesh.ts'
import type { ChaosOptions } from './chaos.run.ts'
import { runMatrix } from './matrix.ts'
import { COMMON_FAULTS, FAILPOINTS, FAULTS } from './plan.rules.ts'

const HELP = `npm run chaos -- [options]

  --short          120 checkouts, every kind of fault once (the default)
  --long           1,000 checkouts, 200 faults, 120 s of quiet before the last look
  --checkouts N    as many checkouts
  --parallel N     as many shoppers in the shop at once
  --minutes N      how long shoppers may keep coming
  --seed N         the plan of an earlier run again
  --here           against the mesh that runs (VITRINE_STATE or .mesh): no failpoints, no faults of the wires
  --matrix [file]  the slow cases of docs/faults.md, on a mesh of their own
  --broken         the checker against builds that are wrong on purpose: it must notice each`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    checkouts: { type: 'string' },
    parallel: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    here: { type: 'boolean', default: false },
    broken: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    build: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

function numberOf(text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text)
  if (Number.isInteger(value) && value > 0) return value
  console.error(HELP)
  process.exit(2)
}

function optionsOf(): ChaosOptions {
  const seed = numberOf(values.seed, 1 + Math.floor(Math.random() * 1_000_000))
  const checkouts = numberOf(values.checkouts, values.long ? 1000 : 120)
  const once = FAULTS.length + FAILPOINTS.length
  // A fault for every fifty shoppers, more would only be waiting; each kind once at least.
  const faults = Math.max(once, Math.round(checkouts / (values.long ? 50 : 3)))
  const limitMs = numberOf(values.minutes, Math.max(4, Math.ceil(checkouts / 100))) * 60_000
  const parallel = numberOf(values.parallel, values.long ? 48 : 16)
  const kinds = values.here ? COMMON_FAULTS : FAULTS
  const quietMs = values.long ? 120_000 : 75_000
  return { seed, checkouts, faults, kinds, parallel, limitMs, quietMs, isPatient: values.long, say: console.log }
}

async function run(options: ChaosOptions): Promise<number> {
  const here = process.env.VITRINE_STATE || '.mesh'
  const mesh = values.here ? { stateDir: here, wires: {}, stop: async () => undefined } : await startFaultyMesh()
  process.env.VITRINE_STATE = mesh.stateDir
  try {
    const { runChaos } = await import('./chaos.run.ts')
    const { componentsOf, reportOf, unusedFaults } = await import('./report.ts')
    console.log(await componentsOf(await readState(mesh.stateDir)))
    const form = values.long ? '--long ' : ''
    console.log(
      `Seed ${options.seed}: repeat this plan with "npm run chaos -- ${form}--checkouts ${options.checkouts} --seed ${options.seed}".`,
    )
    const report = await runChaos({ ...options, wires: mesh.wires })
    console.log(reportOf(report))
    const isWhole = report.begun === options.checkouts
    if (!isWhole) console.log(`The time was up after ${report.begun} of ${options.checkouts} checkouts.`)
    const file = join(tmpdir(), `vitrine-chaos-${options.seed}.log`)
    await Bun.write(file, report.history)
    console.log(`What happened, in order: ${file}`)
    if (report.violations.length > 0) {
      const logs = join(tmpdir(), `vitrine-chaos-${options.seed}-logs`)
      await cp(join(mesh.stateDir, 'logs'), logs, { recursive: true })
      console.log(`What the services said: ${logs}`)
    }
    const isUsed = values.here || !values.long || unusedFaults(report).length === 0
    return report.violations.length === 0 && isWhole && isUsed ? 0 : 1
  } finally {
    await mesh.stop()
  }
}

if (values.help) {
  console.log(HELP)
  process.exit(0)
}
const options = optionsOf()
const codeOf = (isRight: boolean) => (isRight ? 0 : 1)
if (values.build) process.exit(codeOf(await catchBrokenBuild(values.build, options.seed)))
if (values.broken) process.exit(codeOf(await catchBrokenBuilds(options.seed)))
if (values.matrix) process.exit(codeOf(await runMatrix(positionals)))
process.exit(await run(options))

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readState, startWholeMesh } from '../mesh.process.ts'

const HELP = `npm run chaos -- [options]

  --short          60 checkouts and 20 faults within 45 s (the default)
  --long           1,000 checkouts and 200 faults within 15 minutes
  --checkouts N    as many checkouts, over as long as they need
  --seed N         the plan of an earlier run again
  --here           against the mesh that runs (VITRINE_STATE or .mesh) instead of one of its own`

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    checkouts: { type: 'string' },
    seed: { type: 'string' },
    here: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}

const base = values.long ? 1000 : 60
const checkouts = values.checkouts ? Number(values.checkouts) : base
const seed = values.seed ? Number(values.seed) : Math.floor(Math.random() * 1_000_000)
if (!Number.isInteger(checkouts) || checkouts < 1 || !Number.isInteger(seed)) {
  console.error(HELP)
  process.exit(2)
}

// Unpaid orders must have run out before the last look, or their holds would prove nothing.
process.env.STOCK_HOLD_MINUTES ??= '0.75'
const ownState = process.env.VITRINE_STATE ?? '.mesh'
const mesh = values.here ? { stateDir: ownState, stop: async () => undefined } : await startWholeMesh()
process.env.VITRINE_STATE = mesh.stateDir
let exitCode = 1
try {
  const { runChaos } = await import('./chaos.run.ts')
  const { componentsOf, reportOf } = await import('./report.ts')
  console.log(await componentsOf(await readState(mesh.stateDir)))
  console.log(`Seed ${seed}: repeat this run with "npm run chaos -- --checkouts ${checkouts} --seed ${seed}".`)
  const spanMs = Math.max(45_000, checkouts * 750)
  const faults = Math.max(20, Math.round(checkouts / 5))
  const report = await runChaos({ seed, checkouts, faults, spanMs, quietMs: 120_000 })
  console.log(reportOf(report, checkouts))
  if (report.violations.length > 0) {
    const file = join(tmpdir(), `vitrine-chaos-${seed}.log`)
    await Bun.write(file, report.history)
    console.log(`What happened, in order: ${file}`)
  }
  exitCode = report.violations.length === 0 ? 0 : 1
} finally {
  await mesh.stop()
}
process.exit(exitCode)

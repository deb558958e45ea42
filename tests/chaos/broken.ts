import { ROOT } from '../mesh.process.ts'
import { startFaultyMesh } from './chaos.mesh.ts'
import type { ChaosOptions } from './chaos.run.ts'

interface BrokenBuild {
  /** The invariant that must notice. */
  invariant: string
  /** What brings it to light. */
  size: Omit<ChaosOptions, 'seed'>
}

const NO_FAULTS = { kinds: [], faults: 0, parallel: 12, limitMs: 60_000, quietMs: 1000, sampleMs: 50 }

/** Builds that are wrong on purpose. */
const BROKEN_BUILDS: Record<string, BrokenBuild> = {
  'reserve-without-condition': { invariant: 'I1', size: { ...NO_FAULTS, checkouts: 40, pieces: [1, 2] } },
  'release-before-cancel': {
    invariant: 'I6',
    size: { ...NO_FAULTS, checkouts: 60, faults: 8, kinds: ['stripe_slow', 'stripe_refuses'], pieces: [20, 30] },
  },
}

/** Runs the checker against one broken build. True when it noticed. */
export async function catchBrokenBuild(name: string, seed: number): Promise<boolean> {
  const build = BROKEN_BUILDS[name]
  if (!build) throw new Error(`There is no broken build "${name}".`)
  const mesh = await startFaultyMesh({ BREAK: name })
  process.env.VITRINE_STATE = mesh.stateDir
  try {
    const { runChaos } = await import('./chaos.run.ts')
    const { violations } = await runChaos({ ...build.size, seed, wires: mesh.wires })
    const found = violations.filter(({ invariant }) => invariant === build.invariant)
    console.log(`${name}: ${found.length > 0 ? 'caught' : 'NOT CAUGHT'} by ${build.invariant}`)
    for (const { invariant, what } of violations.slice(0, 5)) console.log(`  ${invariant}  ${what}`)
    return found.length > 0
  } finally {
    await mesh.stop()
  }
}

/** All of them, each in a process of its own: a run belongs to one mesh. */
export async function catchBrokenBuilds(seed: number): Promise<boolean> {
  let isCaught = true
  for (const name of Object.keys(BROKEN_BUILDS)) {
    const command = [process.execPath, 'tests/chaos/chaos.main.ts', '--build', name, '--seed', String(seed)]
    const child = Bun.spawn(command, { cwd: ROOT, stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' })
    isCaught = (await child.exited) === 0 && isCaught
  }
  return isCaught
}

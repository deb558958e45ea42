import { startFaultyMesh } from './chaos.mesh.ts'
import type { ChaosOptions } from './chaos.run.ts'

type Size = Omit<ChaosOptions, 'seed'>

const NO_FAULTS = { kinds: [], faults: 0, parallel: 12, limitMs: 60_000, quietMs: 1000, sampleMs: 50 }

/** Builds that are wrong on purpose, what brings it to light, and the invariant that must notice. */
const BROKEN_BUILDS: { build: string; invariant: string; size: Size }[] = [
  {
    build: 'reserve-without-condition',
    invariant: 'I1',
    size: { ...NO_FAULTS, checkouts: 40, pieces: [1, 2] },
  },
  {
    build: 'release-before-cancel',
    invariant: 'I6',
    size: { ...NO_FAULTS, checkouts: 60, faults: 8, kinds: ['stripe_slow', 'stripe_refuses'], pieces: [20, 30] },
  },
]

/** Runs the checker against each broken build. True when it noticed all of them. */
export async function catchBrokenBuilds(seed: number): Promise<boolean> {
  let isCaught = true
  for (const { build, invariant, size } of BROKEN_BUILDS) {
    const mesh = await startFaultyMesh({ BREAK: build })
    process.env.VITRINE_STATE = mesh.stateDir
    try {
      const { runChaos } = await import('./chaos.run.ts')
      const { violations } = await runChaos({ ...size, seed, wires: mesh.wires })
      const found = violations.filter((violation) => violation.invariant === invariant)
      isCaught &&= found.length > 0
      console.log(`${build}: ${found.length > 0 ? 'caught' : 'NOT CAUGHT'} by ${invariant}`)
      for (const { invariant: name, what } of violations.slice(0, 5)) console.log(`  ${name}  ${what}`)
    } finally {
      await mesh.stop()
    }
  }
  return isCaught
}

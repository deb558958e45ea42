import { ROOT } from './mesh.process.ts'

/** What `npm run check` runs, in order of speed; the first failure ends it. */
const STEPS = [
  ['biome', 'check', '--error-on-warnings', '.'],
  ['tsc', '--noEmit', '-p', '.'],
  ['tsc', '--noEmit', '-p', 'storefront'],
]

for (const [program, ...args] of STEPS) {
  const child = Bun.spawn([process.execPath, 'x', '--bun', program ?? '', ...args], {
    cwd: ROOT,
    stdout: 'inherit',
    stderr: 'inherit',
  })
  if ((await child.exited) !== 0) process.exit(1)
}
const tests = Bun.spawn([process.execPath, 'tests/run.main.ts', '--only', 'unit'], {
  cwd: ROOT,
  stdout: 'inherit',
  stderr: 'inherit',
})
process.exit(await tests.exited)

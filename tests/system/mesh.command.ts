import { ROOT } from '../mesh.process.ts'

/** One command of `npm run mesh -- …` against the mesh under test. */
export async function mesh(...args: string[]): Promise<void> {
  const child = Bun.spawn([process.execPath, 'mesh/src/mesh.main.ts', ...args], {
    cwd: ROOT,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'inherit',
    env: process.env,
  })
  if ((await child.exited) !== 0) throw new Error(`mesh ${args.join(' ')} failed.`)
}

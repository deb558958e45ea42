import { ROOT } from '../mesh.process.ts'

/** One command of `npm run mesh -- …` against the mesh under test; returns what it prints. */
export async function mesh(...args: string[]): Promise<string> {
  const child = Bun.spawn([process.execPath, 'mesh/src/mesh.main.ts', ...args], {
    cwd: ROOT,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
    env: process.env,
  })
  const said = await new Response(child.stdout).text()
  if ((await child.exited) !== 0) throw new Error(`mesh ${args.join(' ')} failed.`)
  return said
}

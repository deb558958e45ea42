import { join } from 'node:path'

/** A server of this folder in a process of its own, which prints its port first. */
export async function startServer(program: string): Promise<{ url: string; stop(): void }> {
  const child = Bun.spawn([process.execPath, join(import.meta.dirname, program)], { stdout: 'pipe' })
  const { value } = await child.stdout.getReader().read()
  return { url: `http://127.0.0.1:${Number(new TextDecoder().decode(value))}`, stop: () => child.kill() }
}

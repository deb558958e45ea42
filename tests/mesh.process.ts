import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

export const ROOT = resolve(import.meta.dirname, '..')

const Replica = z.object({
  service: z.string(),
  index: z.number(),
  pid: z.number(),
  port: z.number(),
  url: z.string(),
  healthy: z.boolean(),
})

/** What `.mesh/state.json` says of a running mesh (api.md). */
export const MeshState = z.object({
  edge: z.string(),
  mesh: z.string(),
  mongo: z.string(),
  redis: z.string(),
  traefikApi: z.string(),
  stripe: z.object({ url: z.string(), secretKey: z.string(), publishableKey: z.string() }).optional(),
  replicas: z.array(Replica),
})
export type MeshState = z.infer<typeof MeshState>

export const freePort = () =>
  new Promise<number>((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

export const readState = async (stateDir: string): Promise<MeshState> =>
  MeshState.parse(JSON.parse(await readFile(join(stateDir, 'state.json'), 'utf8')))

async function npm(args: string[], stateDir: string, env: Record<string, string> = {}): Promise<void> {
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: ROOT,
    stdout: 'inherit',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, ...env, VITRINE_STATE: stateDir },
  })
  if ((await child.exited) !== 0) throw new Error(`"${args.join(' ')}" failed; see ${join(stateDir, 'logs')}.`)
}

interface WholeMeshOptions {
  env?: Record<string, string>
  /** Called again and again until the mesh is ready; what it needs is written to its state early. */
  whileStarting?: (stateDir: string) => Promise<void>
}

/** Starts the whole shop as `npm start -- --detach` does, with state and ports of its own. */
export async function startWholeMesh({ env = {}, whileStarting }: WholeMeshOptions = {}): Promise<{
  stateDir: string
  edge: string
  stop(): Promise<void>
}> {
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-mesh-'))
  const watch = setInterval(() => whileStarting?.(stateDir), 100)
  const port = String(await freePort())
  await npm(['mesh/src/start.main.ts', '--detach', '--port', port], stateDir, env).finally(() => clearInterval(watch))
  const { edge } = await readState(stateDir)
  return {
    stateDir,
    edge,
    async stop() {
      await npm(['mesh/src/mesh.main.ts', 'stop'], stateDir)
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

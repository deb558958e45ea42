import { mkdirSync, openSync, readFileSync } from 'node:fs'
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
  isReady: z.boolean(),
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

interface WholeMeshOptions {
  env?: Record<string, string>
  /** Called again and again until the mesh is ready; what it needs is written to its state early. */
  whileStarting?: (stateDir: string) => Promise<void>
}

export interface WholeMesh {
  stateDir: string
  edge: string
  stop(): Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What the mesh says is shown until it is ready, then only kept. */
function startProgram(stateDir: string, port: number, env: Record<string, string>) {
  const file = join(stateDir, 'logs', 'mesh.log')
  mkdirSync(join(stateDir, 'logs'))
  const log = openSync(file, 'w')
  const child = Bun.spawn([process.execPath, 'mesh/src/start.main.ts', '--port', String(port)], {
    cwd: ROOT,
    stdout: log,
    stderr: log,
    stdin: 'ignore',
    env: { ...process.env, ...env, VITRINE_STATE: stateDir },
  })
  let shown = 0
  const show = () => {
    const said = readFileSync(file, 'utf8')
    process.stdout.write(said.slice(shown))
    shown = said.length
  }
  return { child, show }
}

/**
 * Starts the whole shop as `npm start` does, with state and ports of its own. It is a child of this process, not
 * detached: however this process ends, the mesh notices and ends, too.
 */
export async function startWholeMesh({ env = {}, whileStarting }: WholeMeshOptions = {}): Promise<WholeMesh> {
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-mesh-'))
  const { child, show } = startProgram(stateDir, await freePort(), env)
  const stop = async () => {
    for (const signal of SIGNALS) process.off(signal, interrupted)
    child.kill('SIGTERM')
    await child.exited
    await rm(stateDir, { recursive: true, force: true })
  }
  const interrupted = () => void stop().finally(() => process.exit(130))
  for (const signal of SIGNALS) process.once(signal, interrupted)
  for (;;) {
    show()
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The mesh did not start; see ${join(stateDir, 'logs')}.`)
    const state = await readState(stateDir).catch(() => null)
    if (state?.isReady) return { stateDir, edge: state.edge, stop }
    await whileStarting?.(stateDir)
    await Bun.sleep(100)
  }
}

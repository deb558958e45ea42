import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** `state.json`: what tests and tools read instead of guessing ports. */
const MeshState = z.object({
  pid: z.number(),
  isReady: z.boolean(),
  edge: z.string(),
  mesh: z.string(),
  mongo: z.string(),
  redis: z.string(),
  traefikApi: z.string(),
  socket: z.string(),
  stripe: z.object({ url: z.string(), secretKey: z.string(), publishableKey: z.string() }).optional(),
  replicas: z.array(
    z.object({
      service: z.string(),
      index: z.number(),
      pid: z.number(),
      port: z.number(),
      url: z.string(),
      healthy: z.boolean(),
    }),
  ),
})
export type MeshState = z.infer<typeof MeshState>

export const stateFile = (stateDir: string) => join(stateDir, 'state.json')

export function writeState(stateDir: string, state: MeshState): void {
  writeFileSync(`${stateFile(stateDir)}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(`${stateFile(stateDir)}.new`, stateFile(stateDir))
}

/** The state of a mesh that runs now; null when there is none. */
export function readState(stateDir: string): MeshState | null {
  if (!existsSync(stateFile(stateDir))) return null
  try {
    const state = MeshState.parse(JSON.parse(readFileSync(stateFile(stateDir), 'utf8')))
    process.kill(state.pid, 0)
    return existsSync(state.socket) ? state : null
  } catch {
    return null
  }
}

/** Throws when a mesh runs with this state. */
export function refuseSecondMesh(stateDir: string): void {
  const running = readState(stateDir)
  if (running && running.pid !== process.pid)
    throw new Error(
      `A mesh runs here already: ${running.edge} (process ${running.pid}). End it with "npm run mesh -- stop".`,
    )
}

/** Asks the mesh that runs in `stateDir`; throws with what it says. */
export async function command(stateDir: string, name: string, body: Record<string, unknown> = {}): Promise<void> {
  const state = readState(stateDir)
  if (!state) throw new Error('No mesh is running. Start one with "npm start".')
  const request = { unix: state.socket, method: 'POST', body: JSON.stringify(body) }
  const reply = await fetch(`http://localhost/mesh/${name}`, request)
  if (!reply.ok) throw new Error(await reply.text())
}

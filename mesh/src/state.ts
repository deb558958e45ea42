import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const ReplicaState = z.object({
  service: z.string(),
  index: z.number(),
  pid: z.number(),
  port: z.number(),
  url: z.string(),
  healthy: z.boolean(),
})
export type ReplicaState = z.infer<typeof ReplicaState>

/** `state.json`: what tests and tools read instead of guessing ports. */
export const MeshState = z.object({
  pid: z.number(),
  isReady: z.boolean(),
  edge: z.string(),
  mesh: z.string(),
  mongo: z.string(),
  redis: z.string(),
  traefikApi: z.string(),
  socket: z.string(),
  stripe: z.object({ url: z.string(), secretKey: z.string(), publishableKey: z.string() }).optional(),
  replicas: z.array(ReplicaState),
})
export type MeshState = z.infer<typeof MeshState>

const fileIn = (stateDir: string) => join(stateDir, 'state.json')

export function writeState(stateDir: string, state: MeshState): void {
  writeFileSync(`${fileIn(stateDir)}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(`${fileIn(stateDir)}.new`, fileIn(stateDir))
}

/** The state of a mesh that runs now; null when there is none. */
export function readState(stateDir: string): MeshState | null {
  if (!existsSync(fileIn(stateDir))) return null
  try {
    const state = MeshState.parse(JSON.parse(readFileSync(fileIn(stateDir), 'utf8')))
    process.kill(state.pid, 0)
    return existsSync(state.socket) ? state : null
  } catch {
    return null
  }
}

/** Asks the mesh that runs in `stateDir`; throws with what it says. */
export async function command(stateDir: string, name: string, body: Record<string, unknown> = {}): Promise<unknown> {
  const state = readState(stateDir)
  if (!state) throw new Error('No mesh is running. Start one with "npm start".')
  const reply = await fetch(`http://localhost/mesh/${name}`, {
    unix: state.socket,
    method: 'POST',
    body: JSON.stringify(body),
  })
  const answer = z
    .object({ ok: z.boolean(), message: z.string().optional(), data: z.unknown().optional() })
    .parse(await reply.json())
  if (!answer.ok) throw new Error(answer.message)
  return answer.data
}

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProgramContext } from './programs.ts'
import type { ReplicaView } from './supervisor.ts'

/** `state.json`: what tests and tools read instead of guessing ports. */
export function stateOf(
  { services, portOf, edge, dockerSocket }: ProgramContext,
  { MONGO_URL, REDIS_URL }: NodeJS.Dict<string>,
  isReady: boolean,
  views: ReplicaView[],
) {
  const local = (name: string, port: number) => `127.0.0.1:${portOf(name, 1, port)}`
  const sandbox = services.find(({ name }) => name === 'stripe-sandbox')
  const secretKey = sandbox?.environment.SANDBOX_SECRET_KEY ?? ''
  // The payment service derives the sandbox's publishable key in the same way.
  const publishableKey = `pk_test_${createHash('sha256').update(secretKey).digest('hex').slice(0, 32)}`
  return {
    pid: process.pid,
    isReady,
    edge,
    mesh: `http://${local('traefik', 8081)}`,
    mongo: MONGO_URL || `mongodb://${local('mongo', 27017)}/?replicaSet=rs0`,
    redis: REDIS_URL || `redis://${local('redis', 6379)}`,
    traefikApi: `http://${local('traefik', 8082)}`,
    socket: dockerSocket,
    stripe: sandbox && { url: `http://${local('stripe-sandbox', 12111)}`, secretKey, publishableKey },
    replicas: views.map(({ service, index, pid, port, program, isHealthy }) => {
      return { service, index, pid, port, program, url: `http://127.0.0.1:${port}`, healthy: isHealthy }
    }),
  }
}
export type MeshState = ReturnType<typeof stateOf>

export const stateFile = (stateDir: string) => join(stateDir, 'state.json')

export function writeState(stateDir: string, state: MeshState): void {
  writeFileSync(`${stateFile(stateDir)}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(`${stateFile(stateDir)}.new`, stateFile(stateDir))
}

/** The state of a mesh that runs now; null when there is none. */
export function readState(stateDir: string): MeshState | null {
  try {
    const state: MeshState = JSON.parse(readFileSync(stateFile(stateDir), 'utf8'))
    process.kill(state.pid, 0)
    return existsSync(state.socket) ? state : null
  } catch {
    return null
  }
}

/** The same; throws with what to do when there is none. */
export function requireState(stateDir: string): MeshState {
  const state = readState(stateDir)
  if (!state) throw new Error('No mesh is running. Start one with "npm start".')
  return state
}

/** Throws when a mesh runs with this state. */
export function refuseSecondMesh(stateDir: string): void {
  const running = readState(stateDir)
  if (!running || running.pid === process.pid) return
  const advice = 'End it with "npm run mesh -- stop".'
  throw new Error(`A mesh runs here already: ${running.edge} (process ${running.pid}). ${advice}`)
}

/** What a command may say: to whom, how many replicas, which signal. */
export interface Order {
  name?: string
  count?: number
  signal?: string
}

/** Asks the mesh that runs in `stateDir`; throws with what it says. */
export async function command(stateDir: string, action: string, order: Order = {}): Promise<void> {
  const request = { unix: requireState(stateDir).socket, method: 'POST', body: JSON.stringify(order) }
  const reply = await fetch(`http://localhost/mesh/${action}`, request)
  if (!reply.ok) throw new Error(await reply.text())
}

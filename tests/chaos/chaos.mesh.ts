import { readState, startWholeMesh } from '../mesh.process.ts'
import { startFaultProxy } from './fault-proxy.ts'

/** What a mesh under test is told besides its proxies: unpaid orders run out before the last look. */
const TEST_MODE = { NODE_ENV: 'test', STOCK_HOLD_MINUTES: '0.75', LOG_LEVEL: 'warn', RATE_LIMITS: 'off' }

/** A mesh of its own in test mode, every wire between its services and what they reach through a fault proxy. */
export async function startFaultyMesh(env: Record<string, string> = {}) {
  let addresses: Record<'mesh' | 'mongo' | 'redis' | 'stripe', number> | null = null
  const through = (name: 'mesh' | 'mongo' | 'redis' | 'stripe') =>
    startFaultProxy(() => {
      if (!addresses) throw new Error('The mesh is not there yet.')
      return addresses[name]
    })
  const [toMesh, toMongo, toRedis, toStripe] = await Promise.all([
    through('mesh'),
    through('mongo'),
    through('redis'),
    through('stripe'),
  ])
  const wires = { mesh: toMesh, mongo: toMongo, redis: toRedis, stripe: toStripe }
  const via = {
    MESH_VIA: `http://127.0.0.1:${toMesh.port}`,
    // A replica set names its members' own addresses; a direct connection stays with the one that was given.
    MONGO_VIA: `mongodb://127.0.0.1:${toMongo.port}/?directConnection=true`,
    REDIS_VIA: `redis://127.0.0.1:${toRedis.port}`,
    STRIPE_VIA: `http://127.0.0.1:${toStripe.port}`,
  }
  const portOf = (url: string | undefined) => Number(/:(\d+)/.exec((url ?? '').replace(/^\w+:/, ''))?.[1] ?? 0)
  const mesh = await startWholeMesh({
    env: { ...TEST_MODE, ...via, ...env },
    async whileStarting(stateDir) {
      const state = await readState(stateDir).catch(() => null)
      if (!state) return
      const { mesh, mongo, redis, stripe } = state
      addresses = { mesh: portOf(mesh), mongo: portOf(mongo), redis: portOf(redis), stripe: portOf(stripe?.url) }
    },
  })
  return {
    ...mesh,
    wires,
    async stop() {
      await mesh.stop()
      await Promise.all(Object.values(wires).map((wire) => wire.stop()))
    },
  }
}

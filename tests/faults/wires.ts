import type { WireFault } from '../chaos/fault-proxy.ts'

type WireName = 'mesh' | 'mongo' | 'redis' | 'stripe'

const base = process.env.VITRINE_WIRES
if (!base) throw new Error('These tests run through "npm run chaos -- --matrix".')

async function ask(wire: WireName, method: string, fault?: WireFault): Promise<number> {
  const reply = await fetch(base + wire, { method, ...(fault ? { body: JSON.stringify(fault) } : {}) })
  const { hits }: { hits: number } = await reply.json()
  return hits
}

/** Does the work while a wire is broken, and mends it whatever comes. */
export async function whileBroken<T>(wire: WireName, fault: WireFault, work: () => Promise<T>): Promise<T> {
  await ask(wire, 'PUT', fault)
  try {
    return await work()
  } finally {
    await ask(wire, 'DELETE')
  }
}

/** How many connections the fault has met. */
export const hitsOf = (wire: WireName) => ask(wire, 'GET')

import { ROOT } from '../mesh.process.ts'
import { startFaultyMesh } from './chaos.mesh.ts'
import type { WireFault } from './fault-proxy.ts'
import type { Wires } from './nemesis.ts'

/** Lets the tests, which run in a process of their own, bend the wires. */
const serveWires = (wires: Wires) =>
  Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const wire = wires[new URL(request.url).pathname.slice(1) as keyof Wires]
      if (!wire) return new Response(null, { status: 404 })
      if (request.method === 'DELETE') wire.mend()
      if (request.method === 'PUT') wire.break((await request.json()) as WireFault)
      return Response.json({ hits: wire.hits() })
    },
  })

/** The slow cases of the fault matrix, on a mesh of their own with a proxy in every wire. True when all hold. */
export async function runMatrix(only: string[]): Promise<boolean> {
  const mesh = await startFaultyMesh({ STOCK_HOLD_MINUTES: '15' })
  const control = serveWires(mesh.wires)
  try {
    const files = only.length > 0 ? only : ['./tests/faults']
    const child = Bun.spawn([process.execPath, 'test', '--timeout', '60000', ...files], {
      cwd: ROOT,
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      env: { ...process.env, VITRINE_STATE: mesh.stateDir, VITRINE_WIRES: control.url.href },
    })
    return (await child.exited) === 0
  } finally {
    await control.stop(true)
    await mesh.stop()
  }
}

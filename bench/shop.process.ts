import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '..')

const State = z.object({
  edge: z.string(),
  stripe: z.object({ url: z.string(), secretKey: z.string() }),
  replicas: z.array(z.object({ service: z.string(), pid: z.number() })),
})
export type ShopState = z.infer<typeof State>

export interface Shop extends ShopState {
  startSeconds: { first: number; second: number }
  stop(): Promise<void>
}

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function run(args: string[], stateDir: string): Promise<number> {
  const began = performance.now()
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: ROOT,
    stdout: 'ignore',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, VITRINE_STATE: stateDir },
  })
  if ((await child.exited) !== 0) throw new Error(`"${args.join(' ')}" failed; see ${join(stateDir, 'logs')}.`)
  return (performance.now() - began) / 1000
}

/** Starts a shop of its own twice: empty stores first, then as it will be started every day. */
export async function startShop(): Promise<Shop> {
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const start = ['mesh/src/start.main.ts', '--detach', '--port', String(await freePort())]
  const stop = () => run(['mesh/src/mesh.main.ts', 'stop'], stateDir)
  const first = await run(start, stateDir)
  await stop()
  const second = await run(start, stateDir)
  const state = State.parse(JSON.parse(await readFile(join(stateDir, 'state.json'), 'utf8')))
  return {
    ...state,
    startSeconds: { first, second },
    async stop() {
      await stop()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

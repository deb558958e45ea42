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
  /** Of the start with empty stores, and of the next. */
  startSeconds: number[]
  stop(): Promise<void>
}

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function run(args: string[], stateDir: string, env: Record<string, string> = {}): Promise<number> {
  const began = performance.now()
  const child = Bun.spawn([process.execPath, ...args], {
    cwd: ROOT,
    stdout: 'ignore',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, ...env, VITRINE_STATE: stateDir },
  })
  if ((await child.exited) !== 0) throw new Error(`"${args.join(' ')}" failed; see ${join(stateDir, 'logs')}.`)
  return (performance.now() - began) / 1000
}

/** Starts a shop of its own as often as told: empty stores first, then as it will be started every day. */
export async function startShop({ times = 1, env = {} } = {}): Promise<Shop> {
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const start = ['mesh/src/start.main.ts', '--detach', '--port', String(await freePort())]
  const stop = () => run(['mesh/src/mesh.main.ts', 'stop'], stateDir)
  const startSeconds: number[] = []
  for (let time = 1; time <= times; time += 1) {
    startSeconds.push(await run(start, stateDir, env))
    if (time < times) await stop()
  }
  const state = State.parse(JSON.parse(await readFile(join(stateDir, 'state.json'), 'utf8')))
  return {
    ...state,
    startSeconds,
    async stop() {
      await stop()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

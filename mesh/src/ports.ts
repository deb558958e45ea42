import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** Below the range systems take for outgoing connections, so that a remembered port stays free. */
const FIRST = 20_000
const COUNT = 12_000

const isFree = (port: number, host: string) =>
  new Promise<boolean>((done) => {
    const server = createServer().once('error', () => done(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)))
  })

/** Throws with what to do when somebody else listens there. */
export async function requireFree(port: number, host: string): Promise<number> {
  if (await isFree(port, host)) return port
  throw new Error(`Port ${port} is taken. Choose another with --port, or end what uses it.`)
}

function readRemembered(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

/** Hands out loopback ports by key and remembers them in `file`: the same key gets the same port at the next start. */
export function createPorts(file: string) {
  const remembered = readRemembered(file)
  const taken = new Set<number>()
  return async function portFor(key: string): Promise<number> {
    let port = remembered[key]
    while (!port || taken.has(port) || !(await isFree(port, '127.0.0.1'))) {
      port = FIRST + Math.floor(Math.random() * COUNT)
      if (Object.values(remembered).includes(port)) port = undefined
    }
    taken.add(port)
    if (remembered[key] !== port) {
      remembered[key] = port
      writeFileSync(file, JSON.stringify(remembered, null, 2))
    }
    return port
  }
}

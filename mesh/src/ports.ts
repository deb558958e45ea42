/** Below the range systems take for outgoing connections, so that a port stays free between two starts. */
const FIRST = 20_000
const COUNT = 12_000

function isFree(port: number, hostname: string): boolean {
  try {
    Bun.listen({ port, hostname, exclusive: true, socket: { data: () => undefined } }).stop(true)
    return true
  } catch {
    return false
  }
}

/** Throws with what to do when somebody else listens there. */
export function requireFree(port: number, host: string): void {
  if (!isFree(port, host)) throw new Error(`Port ${port} is taken. Choose another with --port, or end what uses it.`)
}

/** Hands out loopback ports by key. They follow from the folder's name, so that the next start gets the same ones. */
export function createPorts(stateDir: string): (key: string) => number {
  const given = new Map<string, number>()
  return (key) => {
    let port = given.get(key) ?? FIRST + Number(Bun.hash.wyhash(`${stateDir} ${key}`) % BigInt(COUNT))
    if (given.has(key)) return port
    while ([...given.values()].includes(port) || !isFree(port, '127.0.0.1')) port++
    given.set(key, port)
    return port
  }
}

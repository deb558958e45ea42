import { connect, createServer, type Socket } from 'node:net'

/** How a wire goes wrong; after Toxiproxy's toxics. */
export const WIRE_FAULTS = [
  // Nobody listens: what is open is reset, what is new is shut.
  'refuse',
  // Every piece takes `ms` longer, both ways.
  'latency',
  // A request is answered by a reset and never arrives.
  'reset',
  // A request arrives, and its answer is a reset.
  'reset_after',
  // A request arrives; its answer never does, and the connection stays open.
  'drop_reply',
  // Nothing gets through either way, and the connection stays open: half-open.
  'black_hole',
  // Answers come in pieces of 64 bytes, one every `ms`.
  'drip',
] as const
export type WireFaultKind = (typeof WIRE_FAULTS)[number]

export interface WireFault {
  kind: WireFaultKind
  ms?: number
  /** Only connections that send these bytes while the fault is on, such as `/internal/catalog/`. */
  match?: string
  /** How many connections it hits at most; then it is off. */
  times?: number
}

interface Wire {
  fault: WireFault | null
  open: Set<Socket>
  /** The fault that this piece of a request meets. */
  take: (chunk: Buffer, hit: WireFault | null) => WireFault | null
}

const DRIP_BYTES = 64
const DEFAULT_MS = 200

function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy()
}

/** Writes later, but in order; at once while there is no delay and nothing waits. */
function delayed(target: Socket, ms: () => number) {
  let waiting = 0
  let last = Promise.resolve()
  return (chunk: Buffer): void => {
    const delay = ms()
    if (delay === 0 && waiting === 0) {
      if (!target.destroyed) target.write(chunk)
      return
    }
    waiting += 1
    last = last.then(async () => {
      await Bun.sleep(delay)
      waiting -= 1
      if (!target.destroyed) target.write(chunk)
    })
  }
}

/** One connection and what has befallen it. */
function join(client: Socket, upstreamPort: number, wire: Wire): void {
  const upstream = connect(upstreamPort, '127.0.0.1')
  let hit: WireFault | null = null
  const msOf = (kind: WireFaultKind) => (hit?.kind === kind && hit === wire.fault ? (hit.ms ?? DEFAULT_MS) : 0)
  const toUpstream = delayed(upstream, () => msOf('latency'))
  const toClient = delayed(client, () => msOf('latency') || msOf('drip'))

  client.on('data', (chunk: Buffer) => {
    const met = wire.take(chunk, hit)
    hit = met ?? hit
    if (hit?.kind === 'black_hole') return
    if (met?.kind === 'reset' || met?.kind === 'refuse') return reset(client)
    toUpstream(chunk)
  })
  upstream.on('data', (chunk: Buffer) => {
    if (hit?.kind === 'black_hole' || hit?.kind === 'drop_reply') return
    if (hit?.kind === 'reset_after') return reset(client)
    const step = msOf('drip') ? DRIP_BYTES : chunk.length
    for (let from = 0; from < chunk.length; from += step) toClient(chunk.subarray(from, from + step))
  })
  // Half-open means that not even the end of the other side gets through.
  const end = (socket: Socket) => hit?.kind === 'black_hole' || socket.destroy()
  follow(client, wire, () => end(upstream))
  follow(upstream, wire, () => end(client))
}

function follow(socket: Socket, { open }: Wire, onClose: () => void): void {
  open.add(socket)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    open.delete(socket)
    onClose()
  })
}

/** A TCP proxy in front of one address that can be told to misbehave. The port behind it is asked for each time. */
export async function startFaultProxy(upstreamPort: () => number) {
  let hits = 0
  let left = 0
  const wire: Wire = {
    fault: null,
    open: new Set(),
    take(chunk, hit) {
      const { fault } = wire
      if (!fault || hit === fault || left === 0) return null
      if (fault.match && !chunk.includes(fault.match)) return null
      left -= 1
      hits += 1
      return fault
    },
  }
  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    if (wire.fault?.kind === 'refuse' && !wire.fault.match) {
      hits += 1
      return reset(client)
    }
    try {
      join(client, upstreamPort(), wire)
    } catch {
      // What is behind it is not known yet, as while the mesh starts.
      client.destroy()
    }
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    /** Connections that the fault which is on, or was last, has met. */
    hits: () => hits,
    /** Makes the wire go wrong from now on. */
    break(fault: WireFault): void {
      wire.fault = fault
      hits = 0
      left = fault.times ?? Number.POSITIVE_INFINITY
      if (fault.kind !== 'refuse' || fault.match) return
      hits = wire.open.size
      for (const socket of wire.open) reset(socket)
    },
    /** New connections are sound again; what was half-open stays so. */
    mend(): void {
      wire.fault = null
    },
    async stop(): Promise<void> {
      for (const socket of wire.open) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}
export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>

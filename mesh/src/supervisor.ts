import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleServices } from './build.ts'
import type { Service } from './compose.ts'
import { endOfLog, rotate } from './logs.ts'
import { createProbe } from './probe.ts'
import { type ProgramContext, programOf } from './programs.ts'
import type { Child, Reaper } from './reaper.ts'
import { createReplica, type Replica } from './replica.ts'

/** Traefik takes a change up within this time. */
const DRAIN_MS = 400

export interface SupervisorOptions {
  context: ProgramContext
  reaper: Reaper
  log: (line: string) => void
  /** Finds ports for a replica. */
  allocate: (service: Service, index: number) => Promise<void>
  onChange: (action: string, id: string) => void
}

/** One promise per service, settled from outside. */
const gates = (services: Service[]) => {
  const all = new Map(services.map(({ name }) => [name, Promise.withResolvers<void>()]))
  return { open: (name: string) => all.get(name)?.resolve(), whenOpen: (name: string) => all.get(name)?.promise }
}

/** Starts services in the order their dependencies allow, keeps their replicas, and stops them in reverse. */
export function createSupervisor({ context, reaper, log, allocate, onChange }: SupervisorOptions) {
  const { services, stateDir } = context
  const replicas: Replica[] = []
  const oneShots = new Set<Child>()
  let isStopping = false
  const logFileOf = (name: string) => join(stateDir, 'logs', `${name}.log`)
  const ofService = (name: string) => replicas.filter((replica) => replica.service.name === name)

  function add(service: Service, index: number): Replica {
    const logFile = logFileOf(`${service.name}.${index}`)
    rotate(logFile)
    const replica = createReplica({
      service,
      index,
      start: () => reaper.start(programOf(service, index, context), logFile),
      probe: createProbe(service, (port) => context.portOf(service.name, index, port)),
      logFile,
      onChange: (action) => onChange(action, replica.view().id),
      say: log,
    })
    replicas.push(replica)
    replica.launch()
    return replica
  }

  /** Says what was run, in the volume that keeps its result; null when no process of this mesh has that volume. */
  function stampOf({ name, once }: Service): string | null {
    const isHere = services.some(
      ({ isOneShot, volumes }) => !isOneShot && volumes.some(({ source }) => source === once),
    )
    return once && isHere ? join(stateDir, 'data', once, `.${name}.done`) : null
  }

  async function runOnce(service: Service): Promise<void> {
    const logFile = logFileOf(service.name)
    const program = programOf(service, 1, context)
    const stamp = stampOf(service)
    const run = createHash('sha256').update(JSON.stringify(program)).digest('hex')
    if (stamp && existsSync(stamp) && readFileSync(stamp, 'utf8') === run) return
    const child = reaper.start(program, logFile)
    oneShots.add(child)
    const cause = await child.exited
    oneShots.delete(child)
    if (cause !== 0 && !isStopping) throw new Error(`${service.name} failed (${cause}). ${endOfLog(logFile)}`)
    if (stamp && cause === 0) writeFileSync(stamp, run)
  }

  async function start(): Promise<void> {
    const launched = gates(services)
    const healthy = gates(services)
    const run = async (service: Service) => {
      const { name, isOneShot } = service
      const waits = Object.entries(service.dependsOn).map(([other, { condition }]) =>
        (condition === 'service_started' ? launched : healthy).whenOpen(other),
      )
      await Promise.all(waits)
      if (isStopping) return
      const began = Date.now()
      const own = isOneShot ? [] : Array.from({ length: service.replicas }, (_, position) => add(service, position + 1))
      launched.open(name)
      await (isOneShot ? runOnce(service) : Promise.all(own.map((replica) => replica.whenHealthy())))
      log(`${name} ${isOneShot ? 'done' : 'healthy'} after ${Date.now() - began} ms`)
      healthy.open(name)
    }
    await Promise.all(services.map(run))
  }

  async function stopReplica(replica: Replica): Promise<void> {
    await replica.stop()
    replicas.splice(replicas.indexOf(replica), 1)
  }

  /** A service ends when all that depend on it have ended. */
  async function stop(): Promise<void> {
    isStopping = true
    for (const child of oneShots) child.signal('SIGKILL')
    const ended = gates(services)
    const end = async ({ name }: Service) => {
      const dependents = services.filter(({ dependsOn }) => name in dependsOn)
      await Promise.all(dependents.map((dependent) => ended.whenOpen(dependent.name)))
      await Promise.all(ofService(name).map(stopReplica))
      ended.open(name)
    }
    await Promise.all(services.map(end))
  }

  async function scale(name: string, count: number): Promise<void> {
    const service = services.find((candidate) => candidate.name === name && !candidate.isOneShot)
    if (!service) throw new Error(`There is no service "${name}".`)
    const own = ofService(name)
    service.replicas = count
    const missing = []
    for (let index = own.length + 1; index <= count; index++) {
      await allocate(service, index)
      missing.push(add(service, index))
    }
    await Promise.all(missing.map((replica) => replica.whenHealthy()))
    await Promise.all(own.slice(count).map(stopReplica))
    if (missing.length) await Bun.sleep(DRAIN_MS)
  }

  /** Runs what the sources are now: one replica after the other, each healthy before the next goes. */
  async function restart(name: string): Promise<void> {
    const chosen = find(name)
    context.bundle = await bundleServices(context.root)
    for (const replica of chosen) {
      await stopReplica(replica)
      await add(replica.service, replica.index).whenHealthy()
      await Bun.sleep(DRAIN_MS)
    }
  }

  /** `catalog` is all its replicas, `catalog.2` the second. */
  function find(name: string): Replica[] {
    const found = replicas.filter((replica) => replica.name === name || replica.service.name === name)
    if (!found.length)
      throw new Error(`There is no replica "${name}". Running: ${replicas.map((replica) => replica.name).join(', ')}.`)
    return found
  }

  /** Every replica as it stands, by service and index. */
  const views = () =>
    replicas
      .map((replica) => ({
        ...replica.view(),
        service: replica.service.name,
        index: replica.index,
        labels: replica.service.labels,
        port: context.portOf(replica.service.name, replica.index, replica.service.containerPorts[0] ?? 0),
        portOf: (port: number) => context.portOf(replica.service.name, replica.index, port),
      }))
      .sort((a, b) => a.service.localeCompare(b.service) || a.index - b.index)

  return { start, stop, scale, restart, find, views }
}
export type Supervisor = ReturnType<typeof createSupervisor>

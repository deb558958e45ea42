import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageName } from './binaries.ts'
import { bundleServices } from './build.ts'
import type { Service } from './compose.ts'
import { programOf } from './programs.ts'
import { createReplica, type Replica, type RunContext } from './replica.ts'

const PORT_LABEL = /\.loadbalancer\.server\.port$/

/** One promise per service, settled from outside. */
const gates = (services: Service[]) => {
  const all = new Map(services.map(({ name }) => [name, Promise.withResolvers<void>()]))
  return { open: (name: string) => all.get(name)?.resolve(), whenOpen: (name: string) => all.get(name)?.promise }
}

/**
 * Starts services in the order their dependencies allow, keeps their replicas, and stops them in reverse.
 * `whenRouted` resolves when Traefik sends requests to every replica.
 */
export function createSupervisor(context: RunContext, whenRouted: () => Promise<void>) {
  const { services, stateDir, portOf, log } = context
  const replicas: Replica[] = []
  let isStopping = false
  const ofService = (name: string) => replicas.filter((replica) => replica.service.name === name)

  function add(service: Service, index: number): Replica {
    const replica = createReplica(service, index, context)
    replicas.push(replica)
    replicas.sort((a, b) => a.service.name.localeCompare(b.service.name) || a.index - b.index)
    replica.run()
    return replica
  }

  async function remove(replica: Replica): Promise<void> {
    await replica.stop()
    replicas.splice(replicas.indexOf(replica), 1)
  }

  /** Where it stands what was run: in the volume that keeps its result, when a process of this mesh has that volume. */
  function stampOf({ name, 'x-once': once }: Service): string | null {
    const isOurs = services.some((other) => !other.isOneShot && other.volumes.some(({ source }) => source === once))
    return once && isOurs ? join(stateDir, 'data', once, `.${name}.done`) : null
  }

  async function runOnce(service: Service): Promise<void> {
    const stamp = stampOf(service)
    const run = createHash('sha256')
      .update(JSON.stringify(programOf(service, 1, context)))
      .digest('hex')
    if (stamp && existsSync(stamp) && readFileSync(stamp, 'utf8') === run) return
    const replica = add(service, 1)
    await replica.whenHealthy()
    await remove(replica)
    if (stamp) writeFileSync(stamp, run)
  }

  async function start(): Promise<void> {
    const launched = gates(services)
    const healthy = gates(services)
    const run = async (service: Service) => {
      const { name, isOneShot } = service
      const waits = Object.entries(service.depends_on).map(([other, { condition }]) =>
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
    await whenRouted()
  }

  /** A service ends when all that depend on it have ended. */
  async function stop(): Promise<void> {
    isStopping = true
    const ended = gates(services)
    const end = async ({ name }: Service) => {
      const dependents = services.filter(({ depends_on }) => name in depends_on)
      await Promise.all(dependents.map((dependent) => ended.whenOpen(dependent.name)))
      await Promise.all(ofService(name).map(remove))
      ended.open(name)
    }
    await Promise.all(services.map(end))
  }

  async function scale(name: string, count: number): Promise<void> {
    const service = services.find((candidate) => candidate.name === name && !candidate.isOneShot)
    if (!service) throw new Error(`There is no service "${name}".`)
    const own = ofService(name)
    const added = []
    for (let index = own.length + 1; index <= count; index++) added.push(add(service, index))
    await Promise.all(added.map((replica) => replica.whenHealthy()))
    await Promise.all(own.slice(count).map(remove))
    await whenRouted()
  }

  /** Runs what the sources are now: one replica after the other, each serving before the next goes. */
  async function restart(name: string): Promise<void> {
    const chosen = find(name)
    context.bundle = await bundleServices(context.root, log)
    for (const replica of chosen) {
      await remove(replica)
      await add(replica.service, replica.index).whenHealthy()
      await whenRouted()
    }
  }

  /** `catalog` is all its replicas, `catalog.2` the second. */
  function find(name: string): Replica[] {
    const found = replicas.filter((replica) => replica.name === name || replica.service.name === name)
    if (!found.length)
      throw new Error(`There is no replica "${name}". Running: ${replicas.map((replica) => replica.name).join(', ')}.`)
    return found
  }

  /** Every replica as it stands, by service and index; its labels name the port it really has. */
  function views() {
    const serving = replicas.filter(({ service }) => !service.isOneShot)
    return serving.map(({ service: { name: service, image, labels, containerPorts }, index, name: id, view }) => {
      const real = Object.entries(labels).map(([label, value]) => {
        return [label, PORT_LABEL.test(label) ? String(portOf(service, index, Number(value))) : value]
      })
      const port = portOf(service, index, containerPorts[0] ?? 0)
      const program = context.binaries[imageName(image)] ?? process.execPath
      return { ...view(), id, service, index, port, program, labels: Object.fromEntries(real) }
    })
  }

  return { start, stop, find, scale, restart, views }
}
export type Supervisor = ReturnType<typeof createSupervisor>
export type ReplicaView = ReturnType<Supervisor['views']>[number]

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleServices } from './build.ts'
import type { Service } from './compose.ts'
import type { ContainerView } from './docker-api.ts'
import { rotate, tailOf } from './log-file.ts'
import { createProbe } from './probe.ts'
import { type ProgramContext, programOf } from './programs.ts'
import type { Reaper } from './reaper.ts'
import { createReplica, type Replica } from './replica.ts'
import type { ReplicaState } from './state.ts'

const DRAIN_MS = 300

export interface SupervisorOptions {
  context: ProgramContext
  reaper: Reaper
  log: (line: string) => void
  allocate: (service: Service, index: number) => Promise<void>
  onChange: (action: string, id: string) => void
}

/** Starts services in the order their dependencies allow, keeps their replicas, and stops them in reverse. */
export function createSupervisor({ context, reaper, log, allocate, onChange }: SupervisorOptions) {
  const { services, stateDir } = context
  const replicas: Replica[] = []
  const children = new Set<{ signal(name: NodeJS.Signals): void }>()
  let isStopping = false
  const logFileOf = (name: string) => join(stateDir, 'logs', `${name}.log`)
  const ofService = (name: string) => replicas.filter((replica) => replica.service.name === name)
  const mainPort = (replica: Replica) =>
    context.portOf(replica.service.name, replica.index, replica.service.containerPorts[0] ?? 0)

  function add(service: Service, index: number): Replica {
    const name = `${service.name}.${index}`
    rotate(logFileOf(name))
    const replica = createReplica({
      service,
      index,
      program: () => programOf(service, index, context),
      probe: createProbe(service, (port) => context.portOf(service.name, index, port)),
      start: reaper.start,
      logFile: logFileOf(name),
      onChange: (action) => onChange(action, replica.view().id),
      say: log,
    })
    replicas.push(replica)
    replica.launch()
    return replica
  }

  /** Says what was run, in the volume that keeps its result; null when nothing this mesh runs has that volume. */
  function stampOf({ name, once }: Service): string | null {
    const isMounted = services.some(
      ({ isOneShot, volumes }) => !isOneShot && volumes.some(({ source }) => source === once),
    )
    return once && isMounted ? join(stateDir, 'data', once, `.${name}.done`) : null
  }

  async function runOnce(service: Service): Promise<void> {
    const logFile = logFileOf(service.name)
    const program = programOf(service, 1, context)
    const stamp = stampOf(service)
    const run = createHash('sha256').update(JSON.stringify(program)).digest('hex')
    if (stamp && existsSync(stamp) && readFileSync(stamp, 'utf8') === run) return
    const child = reaper.start({ ...program, logFile })
    children.add(child)
    const { code, signal } = await child.exited
    children.delete(child)
    if (code !== 0 && !isStopping)
      throw new Error(
        `${service.name} failed (${signal ?? code}). The end of its log (${logFile}):\n${tailOf(logFile, 15)}`,
      )
    if (stamp && code === 0) writeFileSync(stamp, run)
  }

  async function startService(service: Service, launched: () => void): Promise<void> {
    if (isStopping) return
    const began = Date.now()
    if (service.isOneShot) {
      launched()
      await runOnce(service)
    } else {
      const own = Array.from({ length: service.replicas }, (_, position) => add(service, position + 1))
      launched()
      await Promise.all(own.map((replica) => replica.whenHealthy()))
    }
    log(`${service.name} ${service.isOneShot ? 'done' : 'healthy'} after ${Date.now() - began} ms`)
  }

  async function start(): Promise<void> {
    const stages = new Map(
      services.map(({ name }) => [
        name,
        { launched: Promise.withResolvers<void>(), healthy: Promise.withResolvers<void>() },
      ]),
    )
    const run = async (service: Service) => {
      const own = stages.get(service.name)
      const waits = Object.entries(service.dependsOn).map(([name, { condition }]) => {
        const stage = stages.get(name)
        return condition === 'service_started' ? stage?.launched.promise : stage?.healthy.promise
      })
      await Promise.all(waits)
      await startService(service, () => own?.launched.resolve())
      own?.healthy.resolve()
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
    for (const child of children) child.signal('SIGKILL')
    const ended = new Map(services.map(({ name }) => [name, Promise.withResolvers<void>()]))
    const end = async (service: Service) => {
      const dependents = services.filter((other) => service.name in other.dependsOn)
      await Promise.all(dependents.map(({ name }) => ended.get(name)?.promise))
      await Promise.all(ofService(service.name).map(stopReplica))
      ended.get(service.name)?.resolve()
    }
    await Promise.all(services.map(end))
  }

  async function scale(name: string, count: number): Promise<void> {
    const service = services.find((candidate) => candidate.name === name && !candidate.isOneShot)
    if (!service) throw new Error(`There is no service "${name}".`)
    const own = ofService(name)
    service.replicas = count
    const surplus = own.slice(count)
    const missing = []
    for (let index = own.length + 1; index <= count; index++) {
      await allocate(service, index)
      missing.push(add(service, index))
    }
    await Promise.all(missing.map((replica) => replica.whenHealthy()))
    await Promise.all(surplus.map(stopReplica))
    if (missing.length) await Bun.sleep(DRAIN_MS)
  }

  /** One replica after the other, each healthy before the next goes. */
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

  const states = (): ReplicaState[] =>
    replicas
      .map((replica) => {
        const port = mainPort(replica)
        const { pid, isHealthy: healthy } = replica.view()
        return {
          service: replica.service.name,
          index: replica.index,
          pid,
          port,
          url: `http://127.0.0.1:${port}`,
          healthy,
        }
      })
      .sort((a, b) => a.service.localeCompare(b.service) || a.index - b.index)

  const containers = (): ContainerView[] =>
    replicas
      .filter((replica) => replica.view().isRunning)
      .map((replica) => ({
        ...replica.view(),
        service: replica.service.name,
        index: replica.index,
        labels: replica.service.labels,
        portOf: (port) => context.portOf(replica.service.name, replica.index, port),
      }))

  return { start, stop, scale, restart, find, states, containers }
}
export type Supervisor = ReturnType<typeof createSupervisor>

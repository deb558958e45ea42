import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, stringify } from 'yaml'
import type { Binaries } from './binaries.ts'
import type { Service } from './compose.ts'

/** Where a container's port of one replica really is. */
export type PortOf = (service: string, index: number, containerPort: number) => number

export interface ProgramContext {
  root: string
  /** Where the bundled services are; null runs their sources. */
  bundle: string | null
  stateDir: string
  binaries: Binaries
  services: Service[]
  portOf: PortOf
  /** Address the published ports bind to. */
  host: string
  dockerSocket: string
}

export interface Program {
  argv: string[]
  cwd: string
  env: Record<string, string>
}

const ROOT_CACHE = resolve(import.meta.dir, '../../.mesh/cache')

/** What a process of the mesh sees of the environment besides what the manifest gives it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']

const inherited = () =>
  Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, String(process.env[name])]] : [])))

/** A named volume is a folder under `data/`, a bind mount the folder itself. */
function mountedAt(service: Service, context: ProgramContext, target: string): string {
  const source = service.volumes.find((volume) => volume.target === target)?.source
  if (!source) throw new Error(`${service.name} mounts nothing at ${target}.`)
  if (source.startsWith('.') || source.startsWith('/')) return resolve(context.root, source)
  // A cache holds nothing of its own, so every mesh of this checkout shares it.
  const folder = source.endsWith('-cache') ? join(ROOT_CACHE, source) : join(context.stateDir, 'data', source)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** `catalog:3000` becomes the address of catalog's first replica; a path under a mount becomes the folder behind it. */
function rewrite(value: string, service: Service, context: ProgramContext): string {
  const mount = service.volumes.find(({ target }) => value === target || value.startsWith(`${target}/`))
  if (mount) return mountedAt(service, context, mount.target) + value.slice(mount.target.length)
  return context.services.reduce(
    (text, { name, containerPorts }) =>
      containerPorts.reduce(
        (result, port) =>
          result.replace(
            new RegExp(`(?<![\\w.-])${name}:${port}\\b`, 'g'),
            () => `127.0.0.1:${context.portOf(name, 1, port)}`,
          ),
        text,
      ),
    value,
  )
}

function environmentOf(service: Service, index: number, context: ProgramContext): Record<string, string> {
  const entries = Object.entries(service.environment).map(([name, value]) => {
    if (name === 'PORT') return [name, String(context.portOf(service.name, index, Number(value)))]
    if (name === 'HOST') return [name, '127.0.0.1']
    return [name, rewrite(value, service, context)]
  })
  return { ...inherited(), ...Object.fromEntries(entries) }
}

function mongoArguments(service: Service, context: ProgramContext, port: number): string[] {
  const asked = service.command.slice(1).filter((argument) => argument !== '--bind_ip_all')
  const quick = ['--setParameter', 'diagnosticDataCollectionEnabled=false', '--nounixsocket']
  return [
    ...asked,
    ...quick,
    '--bind_ip',
    '127.0.0.1',
    '--port',
    `${port}`,
    '--dbpath',
    mountedAt(service, context, '/data/db'),
  ]
}

interface TraefikConfiguration {
  entryPoints: Record<string, { address: string }>
  providers: { docker: { endpoint: string; network?: string }; file: { directory: string } }
}

/** The same static configuration with the addresses of this machine. */
function traefikConfigFile(service: Service, context: ProgramContext): string {
  const source = mountedAt(service, context, '/etc/traefik')
  // Our own file; its shape is what the next lines rely on and a wrong one fails at the first start.
  const config = parse(readFileSync(join(source, 'traefik.yml'), 'utf8')) as TraefikConfiguration
  for (const entryPoint of Object.values(config.entryPoints)) {
    const port = Number(entryPoint.address.split(':').at(-1))
    const isPublished = service.publishedPorts.some(({ target }) => target === port)
    entryPoint.address = `${isPublished ? context.host : '127.0.0.1'}:${context.portOf(service.name, 1, port)}`
  }
  config.providers.docker.endpoint = `unix://${context.dockerSocket}`
  config.providers.file.directory = join(source, 'dynamic')
  const file = join(context.stateDir, 'traefik.yml')
  writeFileSync(file, stringify(config, { aliasDuplicateObjects: false }))
  return file
}

/** With several auth replicas Traefik asks through its own private entry point, which balances them. */
function traefikEnvironment(service: Service, index: number, context: ProgramContext): Record<string, string> {
  const env = environmentOf(service, index, context)
  const auth = context.services.find(({ name }) => name === 'auth')
  if (env.AUTH_URL && auth && auth.replicas > 1)
    env.AUTH_URL = `http://127.0.0.1:${context.portOf(service.name, 1, 8081)}`
  return env
}

function bunProgram(service: Service, index: number, context: ProgramContext): Program {
  const [program, entry = '', ...rest] = service.command
  if (program !== 'bun') throw new Error(`${service.name} has a build section, so its command must begin with "bun".`)
  const bundled = join(context.bundle ?? '', entry.replace(/\.ts$/, '.js'))
  return {
    argv: [process.execPath, '--no-env-file', context.bundle && existsSync(bundled) ? bundled : entry, ...rest],
    cwd: resolve(context.root, service.workingDir.replace(/^\/app\/?/, './')),
    env: environmentOf(service, index, context),
  }
}

/** What to run for a replica: the one table from images to local programs. */
export function programOf(service: Service, index: number, context: ProgramContext): Program {
  if (service.hasBuild) return bunProgram(service, index, context)
  const image = service.image
    .replace(/:[^:/]*$/, '')
    .split('/')
    .at(-1)
  const port = () => context.portOf(service.name, index, service.containerPorts[0] ?? 0)
  const cwd = context.stateDir
  if (image === 'mongo')
    return { argv: [context.binaries.mongod, ...mongoArguments(service, context, port())], cwd, env: inherited() }
  if (image === 'redis') {
    const local = ['--bind', '127.0.0.1', '--port', `${port()}`, '--dir', mountedAt(service, context, '/data')]
    return { argv: [context.binaries['redis-server'], ...service.command.slice(1), ...local], cwd, env: inherited() }
  }
  if (image === 'traefik')
    return {
      argv: [context.binaries.traefik, `--configFile=${traefikConfigFile(service, context)}`],
      cwd,
      env: traefikEnvironment(service, index, context),
    }
  throw new Error(`The mesh knows no local program for the image "${service.image}" of ${service.name}.`)
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { imageName } from './binaries.ts'
import type { Service } from './compose.ts'
import type { Program } from './reaper.ts'

export interface ProgramContext {
  root: string
  /** Where the bundled services are; null runs their sources. */
  bundle: string | null
  stateDir: string
  /** Paths of programs, by image. */
  binaries: Record<string, string>
  services: Service[]
  /** Where a container's port of one replica really is. */
  portOf: (service: string, index: number, containerPort: number) => number
  /** Address the published ports bind to. */
  host: string
  dockerSocket: string
}

const ROOT_CACHE = resolve(import.meta.dir, '../../.mesh/cache')

/** What a process of the mesh sees of the environment besides what the manifest gives it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']

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
  return value.replace(/(?<![\w.-])([\w-]+):(\d+)\b/g, (address, name: string, port: string) => {
    const real = context.portOf(name, 1, Number(port))
    return real ? `127.0.0.1:${real}` : address
  })
}

function environmentOf(service: Service, index: number, context: ProgramContext): Record<string, string> {
  const inherited = INHERITED.map((name) => [name, process.env[name]]).filter(([, value]) => value)
  const given = Object.entries(service.environment).map(([name, value]) => {
    if (name === 'PORT') return [name, String(context.portOf(service.name, index, Number(value)))]
    if (name === 'HOST') return [name, '127.0.0.1']
    return [name, rewrite(value, service, context)]
  })
  return Object.fromEntries([...inherited, ...given])
}

interface TraefikConfiguration {
  entryPoints: Record<string, { address: string }>
  providers: { docker: { endpoint: string; network?: string }; file: { directory: string } }
}

/** The same static configuration with the addresses of this machine. */
function traefikConfigFile(service: Service, context: ProgramContext): string {
  const source = mountedAt(service, context, '/etc/traefik')
  // Our own file; its shape is what the next lines rely on and a wrong one fails at the first start.
  const config = Bun.YAML.parse(readFileSync(join(source, 'traefik.yml'), 'utf8')) as TraefikConfiguration
  for (const entryPoint of Object.values(config.entryPoints)) {
    const port = Number(entryPoint.address.split(':').at(-1))
    const host = service.publishedPorts.includes(port) ? context.host : '127.0.0.1'
    entryPoint.address = `${host}:${context.portOf(service.name, 1, port)}`
  }
  config.providers.docker.endpoint = `unix://${context.dockerSocket}`
  config.providers.file.directory = join(source, 'dynamic')
  const file = join(context.stateDir, 'traefik.yml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(config, null, 2))
  return file
}

/** A service of the repository: its bundle where there is one, else its source. */
function bunArguments({ name, command }: Service, { bundle, root }: ProgramContext): string[] {
  const [program, entry = '', ...rest] = command
  if (program !== 'bun') throw new Error(`${name} has a build section, so its command must begin with "bun".`)
  const bundled = join(bundle ?? root, entry.replace(/\.ts$/, '.js'))
  return [process.execPath, '--no-env-file', bundle && existsSync(bundled) ? bundled : entry, ...rest]
}

/** What to run for a replica: the one table from images to local programs. */
export function programOf(service: Service, index: number, context: ProgramContext): Program {
  const env = environmentOf(service, index, context)
  if (service.hasBuild) {
    const cwd = resolve(context.root, service.workingDir.replace(/^\/app\/?/, './'))
    return { argv: bunArguments(service, context), cwd, env }
  }
  const image = imageName(service.image)
  const binary = context.binaries[image] ?? ''
  const port = String(context.portOf(service.name, index, service.containerPorts[0] ?? 0))
  const cwd = context.stateDir
  if (image === 'traefik') {
    const argv = [binary, `--configFile=${traefikConfigFile(service, context)}`]
    return { argv, cwd, env }
  }
  const asked = service.command.slice(1).filter((argument) => argument !== '--bind_ip_all')
  const local =
    image === 'mongo'
      ? `--setParameter diagnosticDataCollectionEnabled=false --nounixsocket --bind_ip 127.0.0.1 --dbpath`
      : `--bind 127.0.0.1 --dir`
  const folder = mountedAt(service, context, image === 'mongo' ? '/data/db' : '/data')
  return { argv: [binary, ...asked, '--port', port, ...local.split(' '), folder], cwd, env }
}

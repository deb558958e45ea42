import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { imageName } from './binaries.ts'
import type { Service } from './compose.ts'

export interface ProgramContext {
  root: string
  /** Where the bundled services are; null runs their sources. */
  bundle: string | null
  stateDir: string
  /** Paths of programs, by image. */
  binaries: Record<string, string>
  services: Service[]
  /** Where a container's port of one replica really is; 0 for a port the manifest does not name. */
  portOf: (service: string, index: number, containerPort: number) => number
  /** Address the published ports bind to. */
  host: string
  /** The shop's public address. */
  edge: string
  dockerSocket: string
}

const SHARED_CACHE = resolve(import.meta.dir, '../../.mesh/cache')

/** What a process of the mesh sees of the environment besides what the manifest gives it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']

/** A named volume is a folder under `data/`, a bind mount the folder itself. */
function mountedAt(service: Service, context: ProgramContext, target: string): string {
  const source = service.volumes.find((volume) => volume.target === target)?.source
  if (!source) throw new Error(`${service.name} mounts nothing at ${target}.`)
  if (source.startsWith('.') || source.startsWith('/')) return resolve(context.root, source)
  // A cache holds nothing of its own, so every mesh of this checkout shares it.
  const folder = source.endsWith('-cache') ? join(SHARED_CACHE, source) : join(context.stateDir, 'data', source)
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

/** The same static configuration with the ports, the socket and the folder of this machine. */
function traefikConfigFile(service: Service, context: ProgramContext): string {
  const source = mountedAt(service, context, '/etc/traefik')
  const config = readFileSync(join(source, 'traefik.yml'), 'utf8')
    .replaceAll(/\baddress: ":(\d+)"/g, (_, port: string) => {
      const host = service.publishedPorts.includes(Number(port)) ? context.host : '127.0.0.1'
      return `address: "${host}:${context.portOf(service.name, 1, Number(port))}"`
    })
    .replaceAll('/var/run/docker.sock', context.dockerSocket)
    .replaceAll('/etc/traefik', source)
  const file = join(context.stateDir, 'traefik.yml')
  writeFileSync(file, config)
  return file
}

/** A service of the repository: its bundle where there is one, else its source. */
function bunArguments({ name, command }: Service, { bundle, root }: ProgramContext): string[] {
  const [program, entry = '', ...rest] = command
  if (program !== 'bun') throw new Error(`${name} has a build section, so its command must begin with "bun".`)
  const bundled = join(bundle ?? root, entry.replace(/\.ts$/, '.js'))
  return ['--no-env-file', bundle && existsSync(bundled) ? bundled : entry, ...rest]
}

/** Where a store's image keeps its data, and what the program is told besides its command and its port. */
const STORES: Record<string, { folder: string; options: string }> = {
  mongo: {
    folder: '/data/db',
    options: '--setParameter diagnosticDataCollectionEnabled=false --nounixsocket --bind_ip 127.0.0.1 --dbpath',
  },
  redis: { folder: '/data', options: '--bind 127.0.0.1 --dir' },
}

/** What the program that stands for an image is told here. */
function imageArguments(service: Service, image: string, context: ProgramContext): string[] {
  const store = STORES[image]
  if (!store) return [`--configFile=${traefikConfigFile(service, context)}`]
  const asked = service.command.slice(1).filter((argument) => argument !== '--bind_ip_all')
  const port = String(context.portOf(service.name, 1, service.containerPorts[0] ?? 0))
  return [...asked, '--port', port, ...store.options.split(' '), mountedAt(service, context, store.folder)]
}

/** What to run for a replica: Bun for a build section, else the local program that stands for the image. */
export function programOf(service: Service, index: number, context: ProgramContext) {
  const env = environmentOf(service, index, context)
  if (service.build) {
    const cwd = resolve(context.root, service.working_dir.replace(/^\/app\/?/, './'))
    return { argv: [process.execPath, ...bunArguments(service, context)], cwd, env }
  }
  const image = imageName(service.image)
  const argv = [context.binaries[image] ?? '', ...imageArguments(service, image, context)]
  return { argv, cwd: context.stateDir, env }
}
export type Program = ReturnType<typeof programOf>

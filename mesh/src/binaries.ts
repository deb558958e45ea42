import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Service } from './compose.ts'
import { PROGRAMS, type ProgramName } from './program.names.ts'

export type Binaries = Record<ProgramName, string>

const VARIABLE: Record<ProgramName, string> = {
  mongod: 'MONGOD_BIN',
  'redis-server': 'REDIS_SERVER_BIN',
  traefik: 'TRAEFIK_BIN',
}
const IMAGE: Record<ProgramName, string> = { mongod: 'mongo', 'redis-server': 'redis', traefik: 'traefik' }

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** An explicit path, then PATH, then the cache; null when none has it. */
function findLocally(name: ProgramName, cache: string): string | null {
  const explicit = process.env[VARIABLE[name]]
  if (explicit) {
    if (isExecutable(explicit)) return explicit
    throw new Error(
      `${VARIABLE[name]} names "${explicit}", which is no program. Correct it, or unset it to have ${name} fetched.`,
    )
  }
  return Bun.which(name) ?? (isExecutable(join(cache, name)) ? join(cache, name) : null)
}

/** Tries each source in turn; the last error names every failure and what the person can do. */
async function download(name: ProgramName, cache: string, log: (line: string) => void): Promise<string> {
  mkdirSync(cache, { recursive: true })
  const { DOWNLOADS } = await import('./downloads.ts')
  const failures: string[] = []
  for (const { from, fetchTo } of DOWNLOADS[name]) {
    log(`fetching ${name} from ${from} ...`)
    const partial = join(cache, `${name}.part`)
    try {
      await fetchTo(partial)
      if (!existsSync(partial)) throw new Error('the archive does not hold it')
      chmodSync(partial, 0o755)
      renameSync(partial, join(cache, name))
      return join(cache, name)
    } catch (error) {
      failures.push(`  ${from}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(
    [
      `${name} was not found and could not be fetched:`,
      ...failures,
      `Install ${name} so that it is on PATH, or set ${VARIABLE[name]} to its path.`,
    ].join('\n'),
  )
}

/** Paths of the programs the manifest's images need here; fetches what is missing. */
export async function findBinaries({
  cache,
  services,
  log,
}: {
  cache: string
  services: Service[]
  log: (line: string) => void
}): Promise<Binaries> {
  const isNeeded = (name: ProgramName) =>
    services.some(({ image, hasBuild }) => !hasBuild && image.split(':')[0] === IMAGE[name])
  const paths: Binaries = { mongod: '', 'redis-server': '', traefik: '' }
  await Promise.all(
    PROGRAMS.filter(isNeeded).map(async (name) => {
      paths[name] = findLocally(name, cache) ?? (await download(name, cache, log))
    }),
  )
  return paths
}

import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Service } from './compose.ts'
import { DOWNLOADS, type ProgramName } from './downloads.ts'

/** Which program stands for which image, and the variable that may name its path. */
const PROGRAMS: Record<string, { name: ProgramName; variable: string }> = {
  mongo: { name: 'mongod', variable: 'MONGOD_BIN' },
  redis: { name: 'redis-server', variable: 'REDIS_SERVER_BIN' },
  traefik: { name: 'traefik', variable: 'TRAEFIK_BIN' },
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Tries each source in turn; the last error names every failure and what the person can do. */
async function fetchProgram(name: ProgramName, target: string, log: (line: string) => void): Promise<string[]> {
  const failures: string[] = []
  for (const { from, fetchTo } of DOWNLOADS[name]) {
    log(`fetching ${name} from ${from} ...`)
    try {
      await fetchTo(`${target}.part`)
      if (!existsSync(`${target}.part`)) throw new Error('the archive does not hold it')
      chmodSync(`${target}.part`, 0o755)
      renameSync(`${target}.part`, target)
      return []
    } catch (error) {
      failures.push(`  ${from}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return failures
}

/** An explicit path, then PATH, then the cache, then a download. */
async function findProgram(image: string, cache: string, log: (line: string) => void): Promise<string> {
  const program = PROGRAMS[image]
  if (!program) throw new Error(`The mesh knows no local program for the image "${image}".`)
  const { name, variable } = program
  const explicit = process.env[variable]
  if (explicit && isExecutable(explicit)) return explicit
  if (explicit)
    throw new Error(
      `${variable} names "${explicit}", which is no program. Correct it, or unset it to have ${name} fetched.`,
    )
  const cached = join(cache, name)
  const found = Bun.which(name) ?? (isExecutable(cached) ? cached : null)
  if (found) return found
  mkdirSync(cache, { recursive: true })
  const failures = await fetchProgram(name, cached, log)
  if (!failures.length) return cached
  const advice = `Install ${name} so that it is on PATH, or set ${variable} to its path.`
  throw new Error([`${name} was not found and could not be fetched:`, ...failures, advice].join('\n'))
}

/** `mongo` of `docker.io/library/mongo:8.0`. */
export const imageName = (image: string): string =>
  image
    .replace(/:[^:/]*$/, '')
    .split('/')
    .at(-1) ?? ''

/** Paths of the programs for the manifest's images, by image; fetches what is missing. */
export async function findBinaries(
  services: Service[],
  cache: string,
  log: (line: string) => void,
): Promise<Record<string, string>> {
  const images = new Set(services.filter(({ hasBuild }) => !hasBuild).map(({ image }) => imageName(image)))
  const paths = [...images].map(async (image) => [image, await findProgram(image, cache, log)])
  return Object.fromEntries(await Promise.all(paths))
}

import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Service } from './compose.ts'
import { fetchProgram, PROGRAMS, variableOf } from './downloads.ts'

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** An explicit path, then PATH, then the cache, then a download. */
async function findProgram(image: string, cache: string, log: (line: string) => void): Promise<string> {
  const program = PROGRAMS[image]
  if (!program) throw new Error(`The mesh knows no local program for the image "${image}".`)
  const { name } = program
  const explicit = process.env[variableOf(name)]
  if (explicit && !isExecutable(explicit))
    throw new Error(
      `${variableOf(name)} names "${explicit}", which is no program. Correct it, or unset it to have ${name} fetched.`,
    )
  const found = explicit || Bun.which(name)
  if (found) return found
  mkdirSync(cache, { recursive: true })
  const cached = join(cache, name)
  if (!isExecutable(cached)) await fetchProgram(program, cached, log)
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

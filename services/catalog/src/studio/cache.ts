import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Developed, Shot } from './studio.ts'

/** Grows when the look changes, so that old pictures are not found any more. */
const LOOK = 1

const keyOf = (shot: Shot) =>
  new Bun.CryptoHasher('sha256')
    .update(JSON.stringify([LOOK, shot]))
    .digest('hex')
    .slice(0, 24)

async function read(folder: string, key: string, widths: number[]): Promise<Developed['files'] | null> {
  try {
    return await Promise.all(
      widths.map(async (width) => ({
        width,
        bytes: new Uint8Array(await readFile(join(folder, `${key}-${width}.webp`))),
      })),
    )
  } catch {
    // Not kept yet, or only in part: the picture is taken again.
    return null
  }
}

/** Written aside and renamed, so that nobody reads half a picture; a folder that refuses is done without. */
async function keep(folder: string, key: string, { files }: Developed): Promise<void> {
  try {
    for (const { width, bytes } of files) {
      const path = join(folder, `${key}-${width}.webp`)
      await writeFile(`${path}.${process.pid}`, bytes)
      await rename(`${path}.${process.pid}`, path)
    }
  } catch {
    // A cache that cannot be written only costs time.
  }
}

/** Takes each picture once per machine: developed ones are kept in `folder`. Without a folder that can be written to it still works, slower. */
export function withPictureCache(
  take: (shot: Shot) => Promise<Developed>,
  folder: string,
  size: Omit<Developed, 'files'>,
  widths: number[],
) {
  const isReady = mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  )
  return async (shot: Shot): Promise<Developed> => {
    if (!(await isReady)) return take(shot)
    const key = keyOf(shot)
    const kept = await read(folder, key, widths)
    if (kept) return { ...size, files: kept }
    const developed = await take(shot)
    await keep(folder, key, developed)
    return developed
  }
}

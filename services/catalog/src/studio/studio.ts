import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { drawBackdrop, PLINTH_TOP, SIZE, type Stand } from './backdrop.ts'
import { shade } from './color.ts'
import { type Raster, recolor } from './recolor.ts'
import { drawShadow, SHADOW_SCALE } from './shadow.ts'

/** One picture to take. */
export interface Shot {
  emoji: string
  stand: Stand
  ground: string
  size: number
  rotate: number
  /** What to paint and in which colour; null leaves the object as it is. */
  paint: { part: 'all' | 'neutral' | [number, number]; hex: string } | null
  /** `close`: so near that the edges leave the frame. */
  view: 'front' | 'close'
}

export interface Developed {
  width: number
  height: number
  files: { width: number; bytes: Uint8Array }[]
}

const ASSETS = join(dirname(Bun.resolveSync('@lobehub/fluent-emoji-3d/package.json', import.meta.dir)), 'assets')
export const WIDTHS = [240, 480, 720]
const CLOSE_SIZE = 980
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 }
const EMPTY = { background: TRANSPARENT, threshold: 8 }
const rawOf = ({ width, height }: Raster, channels: 3 | 4) => ({ raw: { width, height, channels } })

function once<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

/** The object as it lies in the package, cut to its outline. */
async function loadObject(emoji: string): Promise<Raster> {
  const { data, info } = await sharp(join(ASSETS, `${emoji}.webp`))
    .ensureAlpha()
    .trim(EMPTY)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function turn(object: Raster, degrees: number): Promise<Raster> {
  const turned = await sharp(object.data, rawOf(object, 4))
    .rotate(degrees, { background: TRANSPARENT })
    .png({ compressionLevel: 0 })
    .toBuffer()
  const { data, info } = await sharp(turned).trim(EMPTY).raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** The painted object at its size in the picture. */
async function cutOut(source: Raster, { paint, rotate }: Shot, size: number): Promise<Raster> {
  const painted = paint ? recolor(source, paint.part, paint.hex) : source
  const object = rotate ? await turn(painted, rotate) : painted
  const { data, info } = await sharp(object.data, rawOf(object, 4))
    .resize(size, size, { fit: 'inside', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** Where the object's upper left corner comes to lie. */
function placeOf(object: Raster, { stand, view }: Shot): { left: number; top: number } {
  const { width, height } = SIZE
  if (view === 'close')
    return { left: Math.round(width * 0.66 - object.width / 2), top: Math.round(height * 0.46 - object.height / 2) }
  const left = Math.round((width - object.width) / 2)
  if (stand === 'wall') return { left, top: Math.round(height * 0.51 - object.height / 2) }
  const base = stand === 'plinth' ? height * PLINTH_TOP + height * 0.022 : height * 0.81
  return { left, top: Math.round(base - object.height) }
}

async function silhouetteOf(object: Raster, place: { left: number; top: number }) {
  const { data, info } = await sharp(object.data, rawOf(object, 4))
    .resize(Math.max(1, Math.round(object.width / SHADOW_SCALE)))
    .extractChannel('alpha')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    alpha: new Uint8Array(data),
    width: info.width,
    height: info.height,
    left: place.left / SHADOW_SCALE,
    top: place.top / SHADOW_SCALE,
  }
}

/** The part of an object that lies inside the picture: layers may not reach over the edge. */
async function cropToFrame(object: Raster, place: { left: number; top: number }) {
  const [left, top] = [Math.max(0, -place.left), Math.max(0, -place.top)]
  const [at, from] = [Math.max(0, place.left), Math.max(0, place.top)]
  const width = Math.min(object.width - left, SIZE.width - at)
  const height = Math.min(object.height - top, SIZE.height - from)
  const data = await sharp(object.data, rawOf(object, 4)).extract({ left, top, width, height }).raw().toBuffer()
  return { input: data, raw: { width, height, channels: 4 as const }, left: at, top: from }
}

/** A studio for product pictures: one lit object before a coloured ground, always the same light. */
export function openStudio() {
  const objectOf = once(loadObject)
  const backdropOf = once((key) => {
    const [ground = '', stand] = key.split(' ')
    // The key was made below from a stand.
    return drawBackdrop(ground, stand as Stand)
  })

  return async function takePicture(shot: Shot): Promise<Developed> {
    const isClose = shot.view === 'close'
    const stand = isClose ? 'wall' : shot.stand
    const [source, backdrop] = await Promise.all([objectOf(shot.emoji), backdropOf(`${shot.ground} ${stand}`)])
    const object = await cutOut(source, shot, isClose ? CLOSE_SIZE : shot.size)
    const place = placeOf(object, shot)
    const shadow = drawShadow(await silhouetteOf(object, place), stand, shade(shot.ground, 0.22))
    const soft = await sharp(shadow.data, rawOf(shadow, 4))
      .resize(SIZE.width, SIZE.height, { kernel: 'linear' })
      .raw()
      .toBuffer()
    const picture = await sharp(backdrop.data, rawOf(backdrop, 3))
      .composite([{ input: soft, raw: { ...SIZE, channels: 4 } }, await cropToFrame(object, place)])
      .removeAlpha()
      .raw()
      .toBuffer()
    const files = await Promise.all(
      WIDTHS.map(async (width) => {
        const sized = sharp(picture, { raw: { ...SIZE, channels: 3 } })
        const bytes = await (width === SIZE.width ? sized : sized.resize(width))
          .webp({ quality: 82, effort: 1 })
          .toBuffer()
        return { width, bytes: new Uint8Array(bytes) }
      }),
    )
    return { ...SIZE, files }
  }
}

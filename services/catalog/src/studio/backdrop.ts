import sharp from 'sharp'
import { clampByte, rgbOf, shade } from './color.ts'
import type { Raster } from './recolor.ts'

export type Stand = 'plinth' | 'floor' | 'wall'

export const SIZE = { width: 720, height: 900 }
const HORIZON = 0.7
/** Where the top of the plinth lies, as a share of the height. */
export const PLINTH_TOP = 0.7

/** A wall lit from the upper left that meets a floor a little brighter in front; drawn at a quarter of the size, it is all gradients. */
function drawRoom(ground: string, hasFloor: boolean): Raster {
  const [width, height] = [SIZE.width / 4, SIZE.height / 4]
  const wall = rgbOf(ground)
  const data = new Uint8Array(width * height * 3)
  for (let row = 0, at = 0; row < height; row++) {
    const y = row / (height - 1)
    const floorShare = hasFloor ? 1 / (1 + Math.exp(-(y - HORIZON) / 0.012)) : 0
    const depth =
      1 - 0.075 * Math.exp(-(((y - HORIZON) / 0.1) ** 2)) + 0.05 * Math.max(0, (y - HORIZON) / (1 - HORIZON))
    for (let column = 0; column < width; column++, at += 3) {
      const x = column / (width - 1)
      const light = Math.exp(-(((x - 0.28) / 0.62) ** 2 + ((y - 0.22) / 0.55) ** 2))
      const side = depth * (1 - 0.06 * Math.abs(x - 0.42) ** 1.5)
      for (let channel = 0; channel < 3; channel++) {
        const own = wall[channel] ?? 0
        const lit = own * (1 - 0.1 * (1 - light))
        const onWall = lit + (255 - lit) * 0.2 * light
        const onFloor = (own * 0.955 + 255 * 0.045) * side
        data[at + channel] = clampByte(onWall * (1 - floorShare) + onFloor * floorShare)
      }
    }
  }
  return { data, width, height }
}

/** The light of a window with six panes, thrown on the wall. */
function windowLight(hasFloor: boolean): string {
  const { width, height } = SIZE
  const [left, top, paneWidth, paneHeight, gap, skew] = [
    0.06 * width,
    0.02 * height,
    0.2 * width,
    0.27 * width,
    0.022 * width,
    0.16 * width,
  ]
  const panes = [0, 1].flatMap((row) =>
    [0, 1, 2].map((column) => {
      const x = left + column * (paneWidth + gap) + ((row * (paneHeight + gap) * skew) / paneHeight) * 0.9
      const y = top + row * (paneHeight + gap) + column * 0.045 * width
      const drop = 0.045 * width
      return `<polygon points="${x},${y} ${x + paneWidth},${y + drop} ${x + paneWidth + skew * 0.9},${y + paneHeight + drop} ${x + skew * 0.9},${y + paneHeight}"/>`
    }),
  )
  const limit = height * (hasFloor ? HORIZON - 0.015 : 1)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><filter id="soft"><feGaussianBlur stdDeviation="8"/></filter>
    <clipPath id="wall"><rect width="${width}" height="${limit}"/></clipPath></defs>
    <g clip-path="url(#wall)"><g fill="#fffaf0" opacity=".2" filter="url(#soft)">${panes.join('')}</g></g></svg>`
}

const lights = new Map<boolean, Promise<Uint8Array>>()

/** The same light falls in every picture: it is drawn once. */
function lightLayer(hasFloor: boolean): Promise<Uint8Array> {
  const known =
    lights.get(hasFloor) ??
    sharp(Buffer.from(windowLight(hasFloor)))
      .ensureAlpha()
      .raw()
      .toBuffer()
  lights.set(hasFloor, known)
  return known
}

function plinth(color: string): string {
  const { width, height } = SIZE
  const [cx, top, rx, tall] = [width / 2, height * PLINTH_TOP, width * 0.345, height * 0.115]
  const ry = rx * 0.2
  const tone = (k: number) => shade(color, k)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <radialGradient id="floor"><stop offset=".6" stop-color="${tone(0.3)}" stop-opacity=".5"/><stop offset=".82" stop-color="${tone(0.3)}" stop-opacity=".22"/><stop offset="1" stop-color="${tone(0.3)}" stop-opacity="0"/></radialGradient>
    <linearGradient id="side"><stop offset="0" stop-color="${tone(0.9)}"/><stop offset=".25" stop-color="${tone(0.97)}"/><stop offset=".6" stop-color="${tone(0.87)}"/><stop offset="1" stop-color="${tone(0.76)}"/></linearGradient>
    <linearGradient id="top"><stop offset="0" stop-color="#fff" stop-opacity=".4"/><stop offset="1" stop-color="#fff" stop-opacity=".22"/></linearGradient></defs>
    <ellipse cx="${cx + rx * 0.2}" cy="${top + tall + ry * 0.9}" rx="${rx * 1.22}" ry="${rx * 0.3}" fill="url(#floor)"/>
    <path d="M${cx - rx} ${top} v${tall} a${rx} ${ry} 0 0 0 ${2 * rx} 0 v${-tall}z" fill="url(#side)"/>
    <ellipse cx="${cx}" cy="${top}" rx="${rx}" ry="${ry}" fill="${color}"/><ellipse cx="${cx}" cy="${top}" rx="${rx}" ry="${ry}" fill="url(#top)"/></svg>`
}

const mix = (hex: string, share: number): string =>
  `#${rgbOf(hex)
    .map((channel) =>
      clampByte(channel + (255 - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** The empty stage for one ground colour: a wall, or a wall and a floor, with or without a plinth. */
export async function drawBackdrop(ground: string, stand: Stand): Promise<Raster> {
  const room = drawRoom(ground, stand !== 'wall')
  const { width, height } = SIZE
  const layers = [
    { input: Buffer.from(await lightLayer(stand !== 'wall')), raw: { width, height, channels: 4 as const } },
  ]
  const wide = await sharp(room.data, { raw: { width: room.width, height: room.height, channels: 3 } })
    .resize(width, height, { kernel: 'cubic' })
    .raw()
    .toBuffer()
  const data = await sharp(wide, { raw: { width, height, channels: 3 } })
    .composite([...layers, ...(stand === 'plinth' ? [{ input: Buffer.from(plinth(mix(ground, 0.5))) }] : [])])
    .removeAlpha()
    .raw()
    .toBuffer()
  return { data, width, height }
}

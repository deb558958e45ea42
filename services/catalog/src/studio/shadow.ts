import { SIZE, type Stand } from './backdrop.ts'
import { rgbOf } from './color.ts'
import type { Raster } from './recolor.ts'

/** Shadows are soft, so a quarter of the size is enough to draw them. */
export const SHADOW_SCALE = 4
const WIDTH = SIZE.width / SHADOW_SCALE
const HEIGHT = SIZE.height / SHADOW_SCALE

/** The outline of an object (its opacity, 0 to 255) and where its upper left corner stands, at shadow size. */
export interface Silhouette {
  alpha: Uint8Array
  width: number
  height: number
  left: number
  top: number
}

type Mask = Float32Array

function blurRows(mask: Mask, radius: number): Mask {
  const blurred = new Float32Array(mask.length)
  for (let row = 0; row < HEIGHT; row++) {
    let sum = 0
    const at = (column: number) => (column < 0 || column >= WIDTH ? 0 : (mask[row * WIDTH + column] ?? 0))
    for (let column = -radius; column <= radius; column++) sum += at(column)
    for (let column = 0; column < WIDTH; column++) {
      blurred[row * WIDTH + column] = sum / (2 * radius + 1)
      sum += at(column + radius + 1) - at(column - radius)
    }
  }
  return blurred
}

function blurColumns(mask: Mask, radius: number): Mask {
  const blurred = new Float32Array(mask.length)
  for (let column = 0; column < WIDTH; column++) {
    let sum = 0
    const at = (row: number) => (row < 0 || row >= HEIGHT ? 0 : (mask[row * WIDTH + column] ?? 0))
    for (let row = -radius; row <= radius; row++) sum += at(row)
    for (let row = 0; row < HEIGHT; row++) {
      blurred[row * WIDTH + column] = sum / (2 * radius + 1)
      sum += at(row + radius + 1) - at(row - radius)
    }
  }
  return blurred
}

/** Two box blurs each way: near enough to a Gaussian of `sigma`. */
function blur(mask: Mask, sigma: number): Mask {
  const radius = Math.max(1, Math.round(sigma * 1.2))
  let current = mask
  for (let pass = 0; pass < 2; pass++) current = blurColumns(blurRows(current, radius), radius)
  return current
}

/** Paints the silhouette into an empty mask where `placeOf` sends each of its pixels. */
function draw(shape: Silhouette, placeOf: (x: number, y: number) => [x: number, y: number, strength: number]): Mask {
  const mask = new Float32Array(WIDTH * HEIGHT)
  for (let y = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      const alpha = shape.alpha[y * shape.width + x] ?? 0
      if (alpha < 8) continue
      const [toX, toY, strength] = placeOf(x, y)
      const [column, row] = [Math.round(shape.left + toX), Math.round(shape.top + toY)]
      if (column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT) continue
      const index = row * WIDTH + column
      mask[index] = Math.max(mask[index] ?? 0, (alpha / 255) * strength)
    }
  }
  return mask
}

function standing(shape: Silhouette): [Mask, number][] {
  const { width, height } = shape
  const squash = 0.24
  const cast = draw(shape, (x, y) => {
    const up = (height - y) * squash
    return [x + up * 1.25, height * 1.012 - up, 0.35 + 0.65 * (y / height)]
  })
  const contact = draw(shape, (x, y) => [x, height * 0.5 + y * 0.5 + height * 0.015, y < height * 0.9 ? 0 : 1])
  return [
    [blur(cast, width * 0.035), 0.34],
    [blur(contact, width * 0.022), 0.6],
  ]
}

function hanging(shape: Silhouette): [Mask, number][] {
  const far = draw(shape, (x, y) => [x + shape.width * 0.05, y + shape.width * 0.075, 1])
  const near = draw(shape, (x, y) => [x + shape.width * 0.015, y + shape.width * 0.02, 1])
  return [
    [blur(far, shape.width * 0.045), 0.28],
    [blur(near, shape.width * 0.012), 0.2],
  ]
}

/** The shadow an object throws, as a dark RGBA layer at shadow size. */
export function drawShadow(shape: Silhouette, stand: Stand, dark: string): Raster {
  const layers = stand === 'wall' ? hanging(shape) : standing(shape)
  const [red, green, blue] = rgbOf(dark)
  const data = new Uint8Array(WIDTH * HEIGHT * 4)
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += 4) {
    const light = layers.reduce((rest, [mask, strength]) => rest * (1 - strength * (mask[pixel] ?? 0)), 1)
    data.set([red, green, blue, Math.round((1 - light) * 255)], at)
  }
  return { data, width: WIDTH, height: HEIGHT }
}

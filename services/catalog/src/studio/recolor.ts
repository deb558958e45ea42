import type { DemoPicture } from '../demo/demo.ts'
import { hueOf, ramp, rgbOf } from './color.ts'

export interface Raster {
  data: Uint8Array
  width: number
  height: number
}

const SOFT_DEGREES = 12

/** How far a hue lies inside a range that may cross 0 degrees; softens at both ends. */
function hueWeight(hue: number, [from, to]: [number, number]): number {
  const span = (to - from + 360) % 360
  const offset = (hue - from + 360) % 360
  const inside = offset <= span ? Math.min(offset, span - offset) : -Math.min(offset - span, 360 - offset)
  return ramp(inside, -SOFT_DEGREES, SOFT_DEGREES / 2)
}

function weightOf(part: NonNullable<DemoPicture['part']>, red: number, green: number, blue: number): number {
  if (part === 'all') return 1
  const { hue, saturation } = hueOf(red, green, blue)
  if (part === 'neutral') return (1 - ramp(saturation, 0.2, 0.34)) * ramp(Math.max(red, green, blue), 70, 130)
  return hueWeight(hue, part) * ramp(saturation, 0.1, 0.28)
}

const lightness = (red: number, green: number, blue: number) => (0.3 * red + 0.59 * green + 0.11 * blue) / 255

/**
 * Paints one part of an object: its shading is kept, relative to how light the part is on the whole, and its colour
 * becomes the given one, from a dark of it over the colour itself to a highlight.
 */
export function recolor({ data, width, height }: Raster, part: NonNullable<DemoPicture['part']>, hex: string): Raster {
  const weights = new Float32Array(width * height)
  let [sum, total] = [0, 0]
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += 4) {
    if ((data[at + 3] ?? 0) < 8) continue
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
    const weight = weightOf(part, red, green, blue)
    weights[pixel] = weight
    sum += weight * lightness(red, green, blue)
    total += weight
  }
  const mean = total === 0 ? 0.5 : sum / total
  const color = rgbOf(hex)
  const painted = new Uint8Array(data)
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += 4) {
    const weight = weights[pixel] ?? 0
    if (weight === 0) continue
    const light = lightness(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    const relative = 1 + (light - mean) / (0.35 + mean)
    for (let channel = 0; channel < 3; channel++) {
      const own = color[channel] ?? 0
      const target =
        relative < 1
          ? own * (0.22 + 0.78 * Math.max(0, relative))
          : own + (255 - own) * Math.min(0.7, (relative - 1) * 0.95)
      painted[at + channel] = Math.round(target * weight + (data[at + channel] ?? 0) * (1 - weight))
    }
  }
  return { data: painted, width, height }
}

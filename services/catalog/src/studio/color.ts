export type Rgb = [red: number, green: number, blue: number]

export const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)) as Rgb

export const clampByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))

/** The colour made darker (`k` below 1), as hex. */
export const shade = (hex: string, k: number): string =>
  `#${rgbOf(hex)
    .map((channel) =>
      clampByte(channel * k)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** Hue in degrees and saturation from 0 to 1. */
export function hueOf(red: number, green: number, blue: number): { hue: number; saturation: number } {
  const most = Math.max(red, green, blue)
  const range = most - Math.min(red, green, blue)
  if (range === 0) return { hue: 0, saturation: 0 }
  const sixth =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return { hue: sixth * 60, saturation: range / most }
}

/** Rises smoothly from 0 at `from` to 1 at `to`. */
export function ramp(value: number, from: number, to: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

import type { Picture } from '@vitrine/contracts/catalog'

export const PICTURE_TYPE = 'image/webp'
export const MAX_BYTES = 5 * 1024 * 1024
export const MAX_PIXELS = 40_000_000
export const WIDTHS = [240, 480, 720, 1080]

const startsWith = (bytes: Uint8Array, signature: number[], offset = 0) =>
  signature.every((byte, index) => bytes[offset + index] === byte)
const FTYP = [0x66, 0x74, 0x79, 0x70]

/** What the bytes really are, whatever the upload calls itself; null for anything that is not allowed. */
export function sniffType(bytes: Uint8Array): 'jpeg' | 'png' | 'webp' | 'avif' | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8)) return 'webp'
  const brand = new TextDecoder().decode(bytes.slice(8, 12))
  return startsWith(bytes, FTYP, 4) && (brand === 'avif' || brand === 'avis') ? 'avif' : null
}

/** The widths to keep of a picture: the usual ones that it fills, and its own when it is small. */
export function widthsFor(width: number): number[] {
  const fitting = WIDTHS.filter((candidate) => candidate < width)
  return [...new Set([...fitting, Math.min(width, WIDTHS.at(-1) ?? width)])]
}

export const pictureUrl = (id: string, width: number) => `/api/catalog/pictures/${id}/${width}.webp`

export const toPicture = (
  id: string,
  alt: string,
  size: { width: number; height: number },
  widths: number[],
): Picture => ({
  id,
  alt,
  ...size,
  sources: widths.map((width) => ({ url: pictureUrl(id, width), width, type: PICTURE_TYPE })),
})

/** The smallest source that is still sharp as a thumbnail. */
export const thumbnailOf = (picture: Picture | undefined): string | null =>
  picture?.sources.find((source) => source.width >= 240)?.url ?? picture?.sources.at(-1)?.url ?? null

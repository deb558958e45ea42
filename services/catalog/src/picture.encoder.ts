import { AppError } from '@vitrine/kernel/errors'
import sharp from 'sharp'
import { MAX_BYTES, MAX_PIXELS, sniffType, widthsFor } from './picture.rules.ts'

export interface EncodedPicture {
  width: number
  height: number
  files: { width: number; bytes: Uint8Array }[]
}

/** Turns an upload into WebP at several widths. Re-encoding drops metadata and whatever else was hidden in the file. */
export async function encodePicture(upload: Uint8Array): Promise<EncodedPicture> {
  if (upload.byteLength > MAX_BYTES) throw new AppError('too_large', 'Pictures may have up to 5 MiB.')
  if (!sniffType(upload)) throw new AppError('unsupported_media', 'Use a JPEG, PNG, WebP or AVIF picture.')
  try {
    const upright = await sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: 1080, withoutEnlargement: true })
      .webp({ quality: 90, effort: 2 })
      .toBuffer({ resolveWithObject: true })
    const { width, height } = upright.info
    const files = []
    for (const target of widthsFor(width)) {
      const bytes = await sharp(upright.data).resize({ width: target }).webp({ quality: 80, effort: 4 }).toBuffer()
      files.push({ width: target, bytes })
    }
    return { width, height, files }
  } catch (error) {
    if (error instanceof Error && /pixel limit/i.test(error.message))
      throw new AppError('too_large', 'Pictures may have up to 40 megapixels.')
    throw new AppError('unsupported_media', 'This file could not be read as a picture.', undefined, { cause: error })
  }
}

import type { PicturePatch, Product } from '@vitrine/contracts/catalog'
import { notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { Edit, Editor } from './edit.ts'
import { encodePicture } from './picture.encoder.ts'
import type { PictureRepository } from './picture.repository.ts'
import { toPicture } from './picture.rules.ts'
import type { ProductRecord } from './product.repository.ts'

interface PictureEditDeps {
  pictures: PictureRepository
  edit: Edit
  get: (id: string) => Promise<ProductRecord>
}

/** What editors do to the pictures of a product. */
export const createPictureEdits = ({ pictures, edit, get }: PictureEditDeps) => ({
  async addPicture(
    id: string,
    upload: { bytes: Uint8Array; alt: string; skus: string[] },
    editor: Editor,
  ): Promise<Product> {
    await get(id)
    const encoded = await encodePicture(upload.bytes)
    const pictureId = newId('pic')
    await pictures.save(encoded.files.map((file) => ({ pictureId, ...file })))
    const picture = toPicture(
      pictureId,
      upload.alt,
      encoded,
      encoded.files.map((file) => file.width),
    )
    return edit(id, editor, null, (product) => ({
      product: {
        ...product,
        pictures: [...product.pictures, picture],
        variants: product.variants.map((variant) =>
          upload.skus.includes(variant.sku) ? { ...variant, pictureIds: [...variant.pictureIds, pictureId] } : variant,
        ),
      },
    }))
  },

  patchPicture: (id: string, pictureId: string, { alt, position }: PicturePatch, editor: Editor) =>
    edit(id, editor, null, (product) => {
      const picture = requirePicture(product, pictureId)
      const others = product.pictures.filter((candidate) => candidate.id !== pictureId)
      const place = position ?? product.pictures.indexOf(picture)
      return {
        product: { ...product, pictures: others.toSpliced(place, 0, { ...picture, alt: alt ?? picture.alt }) },
      }
    }),

  async removePicture(id: string, pictureId: string, editor: Editor): Promise<void> {
    await edit(id, editor, null, (product) => {
      requirePicture(product, pictureId)
      return {
        product: {
          ...product,
          pictures: product.pictures.filter((picture) => picture.id !== pictureId),
          variants: product.variants.map((variant) => ({
            ...variant,
            pictureIds: variant.pictureIds.filter((own) => own !== pictureId),
          })),
        },
      }
    })
    await pictures.remove(pictureId)
  },
})

function requirePicture(product: ProductRecord, id: string) {
  const picture = product.pictures.find((candidate) => candidate.id === id)
  if (!picture) throw notFound('picture')
  return picture
}

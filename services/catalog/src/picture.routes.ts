import { Picture, PicturePatch, Product } from '@vitrine/contracts/catalog'
import { ok, replies } from '@vitrine/kernel/app'
import { AppError, invalidInput, notFound } from '@vitrine/kernel/errors'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import type { EditService } from './edit.service.ts'
import { editorOf } from './editor.routes.ts'
import type { PictureRepository } from './picture.repository.ts'
import { MAX_BYTES, PICTURE_TYPE } from './picture.rules.ts'

const Id = z.object({ id: z.string().max(120) })
const PictureId = Id.extend({ pictureId: z.string().max(64) })
const FileName = z.object({ pictureId: z.string().max(64), file: z.string().regex(/^\d{1,4}\.webp$/) })

const HEADERS = {
  'content-type': PICTURE_TYPE,
  'cache-control': 'public, max-age=31536000, immutable',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
}

/** Reads `file` (or the only file there is), `alt` and `skus` (comma-separated) from a multipart form. */
async function uploadOf(form: Record<string, unknown>) {
  const file = Object.values(form)
    .flat()
    .find((part) => part instanceof File)
  if (!file) throw invalidInput({ file: ['Send the picture as a file.'] })
  if (file.size > MAX_BYTES) throw new AppError('too_large', 'Pictures may have up to 5 MiB.')
  const skus = String(form.skus ?? '')
    .split(',')
    .map((sku) => sku.trim())
    .filter(Boolean)
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    alt: String(form.alt ?? '')
      .trim()
      .slice(0, 300),
    skus,
  }
}

export function pictureRoutes(app: ServiceApp, edits: EditService, pictures: PictureRepository): void {
  const permission = 'catalog:write' as const
  app
    .get(
      '/api/catalog/pictures/:pictureId/:file',
      async ({ params, set }) => {
        const bytes = await pictures.find(params.pictureId, Number.parseInt(params.file, 10))
        if (!bytes) throw notFound('picture')
        return new Response(bytes as Uint8Array<ArrayBuffer>, {
          headers: { ...HEADERS, 'x-request-id': String(set.headers['x-request-id']) },
        })
      },
      {
        params: FileName,
        detail: {
          summary: 'A picture as WebP',
          responses: {
            200: {
              description: 'The picture.',
              content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } },
            },
          },
        },
      },
    )
    .post(
      '/api/catalog/products/:id/pictures',
      async (context) => {
        const product = await edits.addPicture(context.params.id, await uploadOf(context.body), editorOf(context))
        context.set.status = 201
        const added = product.pictures.at(-1)
        if (!added) throw notFound('picture')
        return ok(added)
      },
      {
        params: Id,
        parse: 'formdata',
        body: z.record(z.string(), z.unknown()),
        response: replies(Picture, 201),
        permission,
        detail: { summary: 'Add a picture (multipart: file, alt, skus)' },
      },
    )
    .patch(
      '/api/catalog/products/:id/pictures/:pictureId',
      async (context) =>
        ok(await edits.patchPicture(context.params.id, context.params.pictureId, context.body, editorOf(context))),
      {
        params: PictureId,
        body: PicturePatch,
        response: replies(Product),
        permission,
        detail: { summary: 'Describe or move a picture' },
      },
    )
    .delete(
      '/api/catalog/products/:id/pictures/:pictureId',
      async (context) => {
        await edits.removePicture(context.params.id, context.params.pictureId, editorOf(context))
        context.set.status = 204
      },
      { params: PictureId, response: { 204: z.undefined() }, permission, detail: { summary: 'Remove a picture' } },
    )
}

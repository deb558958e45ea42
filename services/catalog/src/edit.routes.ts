import { Product, ProductInput, ProductPatch, VariantInput, VariantPatch } from '@vitrine/contracts/catalog'
import { ok, replies } from '@vitrine/kernel/app'
import { invalidInput } from '@vitrine/kernel/errors'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import type { EditService } from './edit.service.ts'
import { editorOf } from './editor.routes.ts'
import { expectedVersion } from './product.rules.ts'

const Id = z.object({ id: z.string().max(120) })
const VariantId = Id.extend({ sku: z.string().max(64) })
const NoContent = { response: { 204: z.undefined() } }

function requireVersion(version: number | undefined, ifMatch: string | null): number {
  const expected = expectedVersion(version, ifMatch)
  if (expected === null) throw invalidInput({ version: ['Send the version you edited, here or as If-Match.'] })
  return expected
}

export function editRoutes(app: ServiceApp, edits: EditService): void {
  const permission = 'catalog:write' as const
  app
    .post(
      '/api/catalog/products',
      async (context) => {
        context.set.status = 201
        return ok(await edits.create(context.body, editorOf(context)))
      },
      { body: ProductInput, response: replies(Product, 201), permission, detail: { summary: 'Create a product' } },
    )
    .patch(
      '/api/catalog/products/:id',
      async (context) => {
        const { params, body, request } = context
        return ok(
          await edits.patch(
            params.id,
            body,
            requireVersion(body.version, request.headers.get('if-match')),
            editorOf(context),
          ),
        )
      },
      {
        params: Id,
        body: ProductPatch,
        response: replies(Product),
        permission,
        detail: { summary: 'Change a product' },
      },
    )
    .delete(
      '/api/catalog/products/:id',
      async (context) => {
        await edits.archive(context.params.id, editorOf(context))
        context.set.status = 204
      },
      { params: Id, ...NoContent, permission, detail: { summary: 'Archive a product' } },
    )
    .post(
      '/api/catalog/products/:id/variants',
      async (context) => {
        context.set.status = 201
        return ok(await edits.addVariant(context.params.id, context.body, editorOf(context)))
      },
      {
        params: Id,
        body: VariantInput,
        response: replies(Product, 201),
        permission,
        detail: { summary: 'Add a variant' },
      },
    )
    .patch(
      '/api/catalog/products/:id/variants/:sku',
      async (context) =>
        ok(await edits.patchVariant(context.params.id, context.params.sku, context.body, editorOf(context))),
      {
        params: VariantId,
        body: VariantPatch,
        response: replies(Product),
        permission,
        detail: { summary: 'Change a variant' },
      },
    )
    .delete(
      '/api/catalog/products/:id/variants/:sku',
      async (context) => {
        await edits.removeVariant(context.params.id, context.params.sku, editorOf(context))
        context.set.status = 204
      },
      { params: VariantId, ...NoContent, permission, detail: { summary: 'Remove a variant' } },
    )
}

import type { VariantInput, VariantPatch } from '@vitrine/contracts/catalog'
import { conflict, notFound } from '@vitrine/kernel/errors'
import type { Edit, Editor } from './edit.ts'
import { NO_STOCK_CHANGE, type ProductRecord } from './product.repository.ts'
import { toVariantRecord } from './product.rules.ts'

/** What editors do to the variants of a product. */
export const createVariantEdits = (edit: Edit) => ({
  addVariant: (id: string, input: VariantInput, editor: Editor) =>
    edit(id, editor, null, (product) => ({
      product: { ...product, variants: [...product.variants, toVariantRecord(input)] },
      stock: { opened: [{ sku: input.sku, onHand: input.onHand }], closed: [] },
    })),

  patchVariant: (id: string, sku: string, { version, compareAtPrice, ...fields }: VariantPatch, editor: Editor) =>
    edit(id, editor, version ?? null, (product) => {
      const renamed = fields.sku !== undefined && fields.sku !== sku ? [{ from: sku, to: fields.sku }] : []
      const variants = product.variants.map((variant) => {
        if (variant.sku !== sku) return variant
        const { compareAtPrice: before, ...kept } = variant
        const was = compareAtPrice === undefined ? before : (compareAtPrice ?? undefined)
        return { ...kept, ...fields, ...(was ? { compareAtPrice: was } : {}) }
      })
      requireSku(product, sku)
      return { product: { ...product, variants }, stock: { ...NO_STOCK_CHANGE, renamed } }
    }),

  removeVariant: (id: string, sku: string, editor: Editor) =>
    edit(id, editor, null, (product) => {
      requireSku(product, sku)
      if (product.variants.length === 1)
        throw conflict('conflict', 'A product keeps at least one variant. Archive the product instead.')
      return {
        product: { ...product, variants: product.variants.filter((variant) => variant.sku !== sku) },
        stock: { opened: [], closed: [sku] },
      }
    }),
})

function requireSku(product: ProductRecord, sku: string): void {
  if (!product.variants.some((variant) => variant.sku === sku)) throw notFound('variant')
}

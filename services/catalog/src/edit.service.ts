import type { Product, ProductInput, ProductPatch } from '@vitrine/contracts/catalog'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { BrowseService } from './browse.service.ts'
import type { CategoryRepository } from './category.repository.ts'
import type { Edit, Editor } from './edit.ts'
import type { PictureRepository } from './picture.repository.ts'
import { createPictureEdits } from './picture.service.ts'
import {
  type Cause,
  type NewProduct,
  NO_STOCK_CHANGE,
  type ProductRecord,
  type ProductRepository,
} from './product.repository.ts'
import { checkMatrix, slugOf, toVariantRecord, withSlug } from './product.rules.ts'
import { createVariantEdits } from './variant.service.ts'

export interface EditServiceDeps {
  products: ProductRepository
  categories: CategoryRepository
  pictures: PictureRepository
  browse: BrowseService
  clock: Clock
}

const ATTEMPTS = 4

/** Everything editors do to products. Each change is one compare-and-set on the version, with its event in the same transaction. */
export function createEditService({ products, categories, pictures, browse, clock }: EditServiceDeps) {
  const causeOf = (editor: Editor): Cause => ({ ...editor, at: clock.now() })

  async function requireCategory(slug: string): Promise<void> {
    const known = await categories.list()
    if (!known.some((category) => category.slug === slug))
      throw invalidInput({ category: ['There is no category with this slug.'] })
  }

  async function get(id: string): Promise<ProductRecord> {
    const product = await products.find(id)
    if (!product) throw notFound('product')
    return product
  }

  async function refuseStale(id: string): Promise<never> {
    const current = await browse.get(id, 'all')
    throw conflict('version_conflict', 'Somebody else changed this product meanwhile.', {
      version: current.version,
      current,
    })
  }

  const edit: Edit = async (idOrSlug, editor, expected, change) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const current = await get(idOrSlug)
      const { id } = current
      if (expected !== null && current.version !== expected) return refuseStale(id)
      const { product, stock = NO_STOCK_CHANGE } = change(current)
      refuseMisfit(product)
      const cause = causeOf(editor)
      const next: NewProduct = { ...product, version: current.version + 1, updatedAt: cause.at }
      if (await products.save(next, stock, cause)) return browse.get(id, 'all')
    }
    return refuseStale(idOrSlug)
  }

  return {
    async create(input: ProductInput, editor: Editor): Promise<Product> {
      await requireCategory(input.category)
      const cause = causeOf(editor)
      const id = newId('prd')
      const slug = input.slug ?? (await freeSlug(products, slugOf(input.title)))
      const product: NewProduct = {
        id,
        slug,
        oldSlugs: [],
        title: input.title,
        description: input.description,
        brand: input.brand || null,
        category: input.category,
        status: input.status,
        options: input.options,
        variants: input.variants.map(toVariantRecord),
        pictures: [],
        ratingCounts: [0, 0, 0, 0, 0],
        popularity: 0,
        version: 1,
        createdBy: editor.actor,
        createdAt: cause.at,
        updatedAt: cause.at,
      }
      refuseMisfit(product)
      await products.add(
        product,
        { opened: input.variants.map(({ sku, onHand }) => ({ sku, onHand })), closed: [] },
        cause,
      )
      return browse.get(id, 'all')
    },

    async patch(
      id: string,
      { version: _checked, slug, ...fields }: ProductPatch,
      expected: number,
      editor: Editor,
    ): Promise<Product> {
      if (fields.category) await requireCategory(fields.category)
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      return edit(id, editor, expected, (product) => ({
        product: { ...withSlug(product, slug ?? product.slug), ...given },
      }))
    },

    archive: (id: string, editor: Editor) =>
      edit(id, editor, null, (product) => ({ product: { ...product, status: 'archived' } })),

    ...createVariantEdits(edit),
    ...createPictureEdits({ pictures, edit, get }),
  }
}

export type EditService = ReturnType<typeof createEditService>

function refuseMisfit(product: Pick<ProductRecord, 'options' | 'variants'>): void {
  const fields = checkMatrix(product.options, product.variants)
  if (Object.keys(fields).length > 0) throw invalidInput(fields)
}

/** `wanted`, or with a number behind it when another product has it. */
async function freeSlug(products: ProductRepository, wanted: string): Promise<string> {
  if (!(await products.find(wanted))) return wanted
  for (let number = 2; number < 20; number++)
    if (!(await products.find(`${wanted}-${number}`))) return `${wanted}-${number}`
  return `${wanted}-${Date.now().toString(36)}`
}

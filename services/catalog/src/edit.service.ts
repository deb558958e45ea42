import type {
  PicturePatch,
  Product,
  ProductInput,
  ProductPatch,
  VariantInput,
  VariantPatch,
} from '@vitrine/contracts/catalog'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { BrowseService } from './browse.service.ts'
import type { CategoryRepository } from './category.repository.ts'
import { encodePicture } from './picture.encoder.ts'
import type { PictureRepository } from './picture.repository.ts'
import { toPicture } from './picture.rules.ts'
import {
  type Cause,
  type NewProduct,
  NO_STOCK_CHANGE,
  type ProductRecord,
  type ProductRepository,
  type StockChange,
} from './product.repository.ts'
import { checkMatrix, slugOf, toVariantRecord, withSlug } from './product.rules.ts'

export interface EditServiceDeps {
  products: ProductRepository
  categories: CategoryRepository
  pictures: PictureRepository
  browse: BrowseService
  clock: Clock
}

export interface Editor {
  actor: string
  requestId?: string
}

interface Change {
  product: ProductRecord
  stock?: StockChange
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

  /** Applies `change` to the latest version, or to the expected one alone when it is given. */
  async function edit(
    idOrSlug: string,
    editor: Editor,
    expected: number | null,
    change: (product: ProductRecord) => Change,
  ): Promise<Product> {
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

    addVariant: (id: string, input: VariantInput, editor: Editor) =>
      edit(id, editor, null, (product) => ({
        product: { ...product, variants: [...product.variants, toVariantRecord(input)] },
        stock: { opened: [{ sku: input.sku, onHand: input.onHand }], closed: [] },
      })),

    patchVariant: (id: string, sku: string, { version, compareAtPrice, ...fields }: VariantPatch, editor: Editor) =>
      edit(id, editor, version ?? null, (product) => {
        const variants = product.variants.map((variant) => {
          if (variant.sku !== sku) return variant
          const { compareAtPrice: before, ...kept } = variant
          const was = compareAtPrice === undefined ? before : (compareAtPrice ?? undefined)
          return { ...kept, ...fields, ...(was ? { compareAtPrice: was } : {}) }
        })
        requireSku(product, sku)
        return { product: { ...product, variants } }
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
            upload.skus.includes(variant.sku)
              ? { ...variant, pictureIds: [...variant.pictureIds, pictureId] }
              : variant,
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
  }
}

export type EditService = ReturnType<typeof createEditService>

function refuseMisfit(product: Pick<ProductRecord, 'options' | 'variants'>): void {
  const fields = checkMatrix(product.options, product.variants)
  if (Object.keys(fields).length > 0) throw invalidInput(fields)
}

function requireSku(product: ProductRecord, sku: string): void {
  if (!product.variants.some((variant) => variant.sku === sku)) throw notFound('variant')
}

function requirePicture(product: ProductRecord, id: string) {
  const picture = product.pictures.find((candidate) => candidate.id === id)
  if (!picture) throw notFound('picture')
  return picture
}

/** `wanted`, or with a number behind it when another product has it. */
async function freeSlug(products: ProductRepository, wanted: string): Promise<string> {
  if (!(await products.find(wanted))) return wanted
  for (let number = 2; number < 20; number++)
    if (!(await products.find(`${wanted}-${number}`))) return `${wanted}-${number}`
  return `${wanted}-${Date.now().toString(36)}`
}

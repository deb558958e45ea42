import { Picture, Product, ProductPatch, Sku, VariantInput } from '@vitrine/contracts/catalog'
import { Stock } from '@vitrine/contracts/inventory'
import { z } from 'zod'
import {
  changedPrices,
  detailsOf,
  missingRows,
  optionsOf,
  parseRows,
  stockDeltas,
} from '#app/features/admin-products/product-form.ts'
import { api, Nothing } from '#app/server/api.server.ts'
import { fieldErrors, formValues, type Refusal, refusal } from '#app/server/form.server.ts'

/** Everything the product page can do. Each answers a refusal, or null when it is done. */
export interface Edit {
  request: Request
  form: FormData
  product: Product
}
type Intent = (edit: Edit) => Promise<Refusal | null>

const LOOK_AGAIN = 'Some fields need another look.'
const pathOf = ({ product }: Edit, rest = '') => `/api/catalog/products/${encodeURIComponent(product.id)}${rest}`
const refused = (form: FormData, errors: Record<string, string[]>) => refusal(form, LOOK_AGAIN, errors)

const details: Intent = async (edit) => {
  const values = formValues(edit.form)
  const { slug, brand = null, version } = values
  const parsed = ProductPatch.safeParse({
    ...detailsOf(values),
    brand,
    ...(slug ? { slug } : {}),
    version: Number(version),
  })
  if (!parsed.success) return refusal(edit.form, LOOK_AGAIN, fieldErrors(parsed.error))
  await api(edit.request).patch(Product, pathOf(edit), parsed.data)
  return null
}

const prices: Intent = async (edit) => {
  const { changes, errors } = changedPrices(edit.product, formValues(edit.form))
  if (Object.keys(errors).length > 0) return refused(edit.form, errors)
  for (const { sku, ...change } of changes) {
    await api(edit.request).patch(Product, pathOf(edit, `/variants/${encodeURIComponent(sku)}`), change)
  }
  return null
}

const stock: Intent = async (edit) => {
  const values = formValues(edit.form)
  const { deltas, errors } = stockDeltas(edit.product, values)
  if (Object.keys(errors).length > 0) return refused(edit.form, errors)
  if (deltas.length === 0) return refusal(edit.form, 'Say for at least one variant how many to add or take.')
  const reason = values.reason
  if (!reason) return refused(edit.form, { reason: ['Say why the stock changes; the history keeps it.'] })
  for (const { sku, quantity } of deltas) {
    const path = `/api/catalog/inventory/${encodeURIComponent(sku)}/movements`
    await api(edit.request).post(Stock, path, { type: 'ADJUST', quantity, reason })
  }
  return null
}

const options: Intent = async (edit) => {
  const patch = { options: optionsOf(formValues(edit.form), edit.product), version: edit.product.version }
  const parsed = ProductPatch.safeParse(patch)
  if (!parsed.success) return refusal(edit.form, LOOK_AGAIN, fieldErrors(parsed.error))
  await api(edit.request).patch(Product, pathOf(edit), parsed.data)
  return null
}

/** A combination whose line has no price is not offered: not every colour comes in every size. */
const variants: Intent = async (edit) => {
  const rows = missingRows(edit.product, formValues(edit.form)).filter(({ price }) => price !== '')
  const { variants: inputs, errors } = parseRows(rows)
  const parsed = z.array(VariantInput).safeParse(inputs)
  if (Object.keys(errors).length > 0) return refused(edit.form, errors)
  if (!parsed.success) return refusal(edit.form, z.prettifyError(parsed.error))
  if (parsed.data.length === 0) return refusal(edit.form, 'Give a price to at least one of them.')
  for (const input of parsed.data) await api(edit.request).post(Product, pathOf(edit, '/variants'), input)
  return null
}

const pictureAdd: Intent = async (edit) => {
  const files = edit.form.getAll('file').filter((file): file is File => file instanceof File && file.size > 0)
  if (files.length === 0) return refused(edit.form, { file: ['Choose a picture first.'] })
  for (const file of files) {
    const body = new FormData()
    body.set('file', file)
    body.set('alt', String(edit.form.get('alt') ?? ''))
    await api(edit.request).post(Picture, pathOf(edit, '/pictures'), body)
  }
  return null
}

const picturePath = (edit: Edit) =>
  pathOf(edit, `/pictures/${encodeURIComponent(String(edit.form.get('pictureId') ?? ''))}`)

const pictureAlt: Intent = async (edit) => {
  await api(edit.request).patch(Product, picturePath(edit), { alt: String(edit.form.get('alt') ?? '') })
  return null
}

const pictureFirst: Intent = async (edit) => {
  await api(edit.request).patch(Product, picturePath(edit), { position: 0 })
  return null
}

/** Puts a picture one place earlier or later. */
const pictureStep =
  (by: 1 | -1): Intent =>
  async (edit) => {
    const place = edit.product.pictures.findIndex(({ id }) => id === edit.form.get('pictureId'))
    await api(edit.request).patch(Product, picturePath(edit), { position: Math.max(0, place + by) })
    return null
  }

const variantPath = (edit: Edit) =>
  pathOf(edit, `/variants/${encodeURIComponent(String(edit.form.get('variant') ?? ''))}`)

const variantRename: Intent = async (edit) => {
  const parsed = Sku.safeParse(edit.form.get('newSku'))
  if (!parsed.success) return refused(edit.form, { newSku: ['Use letters, digits, dots, hyphens and underscores.'] })
  await api(edit.request).patch(Product, variantPath(edit), { sku: parsed.data })
  return null
}

const variantRemove: Intent = async (edit) => {
  await api(edit.request).delete(Nothing, variantPath(edit))
  return null
}

const pictureRemove: Intent = async (edit) => {
  await api(edit.request).delete(Nothing, picturePath(edit))
  return null
}

const archive: Intent = async (edit) => {
  await api(edit.request).delete(Nothing, pathOf(edit))
  return null
}

export const INTENTS: Record<string, Intent> = {
  details,
  prices,
  stock,
  options,
  variants,
  'picture-add': pictureAdd,
  'picture-alt': pictureAlt,
  'picture-first': pictureFirst,
  'picture-earlier': pictureStep(-1),
  'picture-later': pictureStep(1),
  'picture-remove': pictureRemove,
  'variant-rename': variantRename,
  'variant-remove': variantRemove,
  archive,
}

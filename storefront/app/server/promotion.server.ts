import { Product, ProductList } from '@vitrine/contracts/catalog'
import { CategoryTree } from '@vitrine/contracts/categories'
import type { Promotion } from '@vitrine/contracts/promotions'
import { type CategoryChoice, categoryChoices } from '#app/features/admin-products/category-choices.ts'
import { productWords, toPromotion } from '#app/features/admin-promotions/promotion-form.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { formValues } from '#app/server/form.server.ts'

export async function loadCategoryChoices(request: Request): Promise<CategoryChoice[]> {
  const { items } = await api(request).get(CategoryTree, '/api/catalog/categories')
  return categoryChoices(items)
}

/** The addresses of the products a promotion is for. */
export async function slugsOf(request: Request, { scope }: Promotion): Promise<string[]> {
  const ids = scope?.productIds ?? []
  if (ids.length === 0) return []
  const { items } = await api(request).get(ProductList, `/api/catalog/products?ids=${ids.slice(0, 100).join(',')}`)
  return ids.map((id) => items.find((item) => item.id === id)?.slug ?? id)
}

async function findProductId(request: Request, slug: string): Promise<string | null> {
  try {
    return (await api(request).get(Product, `/api/catalog/products/${encodeURIComponent(slug)}`)).id
  } catch (error) {
    if (isApiError(error, 'not_found')) return null
    throw error
  }
}

/** What the form asks for; products are named by their addresses and checked here. */
export async function readPromotion(request: Request, form: FormData) {
  const values = formValues(form)
  const slugs = productWords(values)
  const ids = await Promise.all(slugs.map((slug) => findProductId(request, slug)))
  const unknown = slugs.filter((_, index) => ids[index] === null)
  const categories = form.getAll('category').map(String)
  const known = ids.filter((id) => id !== null)
  return {
    promotion: toPromotion(values, categories, known),
    problems: unknown.length > 0 ? { products: [`There is no ${unknown.join(', ')} in the catalog.`] } : null,
  }
}

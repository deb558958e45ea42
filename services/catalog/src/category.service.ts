import type { Category, CategoryInput, CategoryPatch } from '@vitrine/contracts/categories'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { BrowseService } from './browse.service.ts'
import type { CategoryRecord, CategoryRepository } from './category.repository.ts'
import { indexCategories, makesCircle } from './category.rules.ts'
import type { Editor } from './edit.ts'

export function createCategoryService({
  categories,
  browse,
}: {
  categories: CategoryRepository
  browse: BrowseService
}) {
  async function load(idOrSlug: string) {
    const index = indexCategories(await categories.list())
    const category = index.byId.get(idOrSlug) ?? index.bySlug.get(idOrSlug)
    if (!category) throw notFound('category')
    return { index, category }
  }

  const view = async (id: string): Promise<Category> => {
    const found = findIn(await browse.categories(), id)
    if (!found) throw notFound('category')
    return found
  }

  return {
    async create(input: CategoryInput, { hand }: Editor): Promise<Category> {
      const index = indexCategories(await categories.list())
      if (input.parent !== null && !index.bySlug.has(input.parent))
        throw invalidInput({ parent: ['There is no category with this slug.'] })
      const category: CategoryRecord = { id: newId('cat'), ...input }
      await categories.add(category, hand)
      return view(category.id)
    },
    async patch(id: string, patch: CategoryPatch, { hand }: Editor): Promise<Category> {
      const { index, category } = await load(id)
      const next = {
        ...category,
        ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
      }
      if (next.parent !== null && !index.bySlug.has(next.parent))
        throw invalidInput({ parent: ['There is no category with this slug.'] })
      if (makesCircle(index, category.slug, next.parent))
        throw invalidInput({ parent: ['A category cannot hang below itself.'] })
      await categories.save(next, hand)
      return view(category.id)
    },
    async remove(id: string, { hand }: Editor): Promise<void> {
      const { index, category } = await load(id)
      if (index.children.has(category.slug))
        throw conflict('conflict', 'Move or delete the categories below this one first.')
      const { total } = await browse.list({ category: category.slug, status: 'all', limit: 1 })
      if (total > 0) throw conflict('conflict', 'Move the products of this category first.', { products: total })
      await categories.remove(category.id, hand)
    },
  }
}

export type CategoryService = ReturnType<typeof createCategoryService>

function findIn(tree: Category[], id: string): Category | null {
  for (const category of tree) {
    const found = category.id === id ? category : findIn(category.children, id)
    if (found) return found
  }
  return null
}

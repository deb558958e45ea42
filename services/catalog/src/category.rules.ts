import type { CategoryLink } from '@vitrine/contracts/catalog'
import type { Category } from '@vitrine/contracts/categories'
import type { CategoryRecord } from './category.repository.ts'

/** The category tree, indexed once per revision. */
export interface CategoryIndex {
  bySlug: Map<string, CategoryRecord>
  byId: Map<string, CategoryRecord>
  /** Children by parent slug; the roots under null. In order of position, then title. */
  children: Map<string | null, CategoryRecord[]>
}

export function indexCategories(categories: CategoryRecord[]): CategoryIndex {
  const bySlug = new Map(categories.map((category) => [category.slug, category]))
  const children = new Map<string | null, CategoryRecord[]>()
  const ordered = [...categories].sort((a, b) => a.position - b.position || a.title.localeCompare(b.title))
  for (const category of ordered) {
    const parent = category.parent && bySlug.has(category.parent) ? category.parent : null
    children.set(parent, [...(children.get(parent) ?? []), category])
  }
  return { bySlug, byId: new Map(categories.map((category) => [category.id, category])), children }
}

/** From the root to `slug`; empty for an unknown one. A circle in stored data ends the walk. */
export function pathOf(index: CategoryIndex, slug: string): CategoryRecord[] {
  const path: CategoryRecord[] = []
  let current = index.bySlug.get(slug)
  while (current && !path.includes(current)) {
    path.unshift(current)
    current = current.parent === null ? undefined : index.bySlug.get(current.parent)
  }
  return path
}

export const toLink = ({ slug, title }: CategoryRecord): CategoryLink => ({ slug, title })

/** True when hanging `slug` below `parent` would make it its own ancestor. */
export const makesCircle = (index: CategoryIndex, slug: string, parent: string | null): boolean =>
  parent !== null && pathOf(index, parent).some((ancestor) => ancestor.slug === slug)

/** The tree with counts of active products, descendants included. */
export function toTree(
  index: CategoryIndex,
  countOf: (slug: string) => number,
  parent: string | null = null,
): Category[] {
  return (index.children.get(parent) ?? []).map((category) => {
    const children = toTree(index, countOf, category.slug)
    const below = children.reduce((sum, child) => sum + child.productCount, 0)
    return { ...category, productCount: countOf(category.slug) + below, children }
  })
}

import type { Category } from '@vitrine/contracts/categories'

export interface CategoryChoice {
  slug: string
  title: string
}

/** The tree as one list; "Wear › Shoes" tells where a category belongs. */
export const categoryChoices = (tree: readonly Category[], parents = ''): CategoryChoice[] =>
  tree.flatMap(({ slug, title, children }) => [
    { slug, title: parents + title },
    ...categoryChoices(children, `${parents}${title} › `),
  ])

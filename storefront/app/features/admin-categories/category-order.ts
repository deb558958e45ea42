import type { Category } from '@vitrine/contracts/categories'

const STEP = 10

/** The categories that stand beside `id`, in order; empty for an unknown one. */
export function siblingsOf(tree: Category[], id: string): Category[] {
  if (tree.some((category) => category.id === id)) return tree
  for (const category of tree) {
    const found = siblingsOf(category.children, id)
    if (found.length > 0) return found
  }
  return []
}

/** The positions that change when `id` goes one place up or down among its siblings. */
export function movedPositions(siblings: Category[], id: string, by: 1 | -1): { id: string; position: number }[] {
  const from = siblings.findIndex((category) => category.id === id)
  const to = from + by
  const moved = siblings[from]
  if (!moved || to < 0 || to >= siblings.length) return []
  const order = siblings.toSpliced(from, 1).toSpliced(to, 0, moved)
  return order
    .map((category, index) => ({ id: category.id, position: index * STEP, before: category.position }))
    .filter(({ position, before }) => position !== before)
    .map(({ id: moving, position }) => ({ id: moving, position }))
}

/** An address made of a name: "Tea & Coffee" → "tea-coffee". */
export const slugFor = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

import { expect, test } from 'bun:test'
import type { Category } from '@vitrine/contracts/categories'
import { movedPositions, siblingsOf, slugFor } from './category-order.ts'

const category = (id: string, position: number, children: Category[] = []): Category => ({
  id,
  slug: id,
  title: id,
  description: '',
  parent: null,
  position,
  productCount: 0,
  children,
})
const tree = [category('a', 0, [category('a1', 0), category('a2', 0), category('a3', 0)]), category('b', 10)]

test('a category moves among its own siblings, also when they all had the same position', () => {
  expect(movedPositions(siblingsOf(tree, 'a3'), 'a3', -1)).toEqual([
    { id: 'a3', position: 10 },
    { id: 'a2', position: 20 },
  ])
  expect(movedPositions(siblingsOf(tree, 'a'), 'a', 1)).toEqual([
    { id: 'b', position: 0 },
    { id: 'a', position: 10 },
  ])
})

test('the first cannot go up, the last not down, and nobody moves what is not there', () => {
  expect(movedPositions(tree, 'a', -1)).toEqual([])
  expect(movedPositions(tree, 'b', 1)).toEqual([])
  expect(siblingsOf(tree, 'none')).toEqual([])
})

test('a name makes an address', () => {
  expect(slugFor('Thé & Café, für alle!')).toBe('the-cafe-fur-alle')
})

import { z } from 'zod'

/** A name in URLs. */
export const Slug = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.')
  .max(96)

export interface Category {
  id: string
  slug: string
  title: string
  description: string
  parent: string | null
  position: number
  productCount: number
  children: Category[]
}
/** A node of the category tree; `productCount` includes the descendants. */
export const Category: z.ZodType<Category> = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  parent: z.string().nullable(),
  position: z.int(),
  productCount: z.int(),
  get children() {
    return z.array(Category)
  },
})

export const CategoryTree = z.object({ items: z.array(Category) })
export type CategoryTree = z.infer<typeof CategoryTree>

const text = (max: number) => z.string().trim().min(1).max(max)

export const CategoryInput = z.strictObject({
  slug: Slug,
  title: text(80),
  description: z.string().trim().max(1_000).default(''),
  parent: Slug.nullable().default(null),
  position: z.int().min(0).max(10_000).default(0),
})
export type CategoryInput = z.infer<typeof CategoryInput>

export const CategoryPatch = z.strictObject({
  title: text(80).optional(),
  description: z.string().trim().max(1_000).optional(),
  parent: Slug.nullable().optional(),
  position: z.int().min(0).max(10_000).optional(),
})
export type CategoryPatch = z.infer<typeof CategoryPatch>

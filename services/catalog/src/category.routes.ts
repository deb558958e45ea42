import { Category, CategoryInput, CategoryPatch } from '@vitrine/contracts/categories'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import type { CategoryService } from './category.service.ts'
import { editorOf } from './editor.routes.ts'

const Id = z.object({ id: z.string().max(120) })

export function categoryRoutes(app: ServiceApp, categories: CategoryService): void {
  const permission = 'catalog:write' as const
  app
    .post(
      '/api/catalog/categories',
      async (context) => {
        context.set.status = 201
        return ok(await categories.create(context.body, editorOf(context)))
      },
      { body: CategoryInput, response: replies(Category, 201), permission, detail: { summary: 'Create a category' } },
    )
    .patch(
      '/api/catalog/categories/:id',
      async (context) => ok(await categories.patch(context.params.id, context.body, editorOf(context))),
      {
        params: Id,
        body: CategoryPatch,
        response: replies(Category),
        permission,
        detail: { summary: 'Change a category' },
      },
    )
    .delete(
      '/api/catalog/categories/:id',
      async (context) => {
        await categories.remove(context.params.id, editorOf(context))
        context.set.status = 204
      },
      { params: Id, response: { 204: z.undefined() }, permission, detail: { summary: 'Delete an empty category' } },
    )
}

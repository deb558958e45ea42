import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { Category, CategoryInput, CategoryPatch, CategoryTree as Tree } from '@vitrine/contracts/categories'
import { movedPositions, siblingsOf, slugFor } from '#app/features/admin-categories/category-order.ts'
import { CategoryTree, NewCategoryBox } from '#app/features/admin-categories/category-tree.tsx'
import { categoryChoices } from '#app/features/admin-products/category-choices.ts'
import { DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api, Nothing } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { parseForm, type Refusal, readForm, refusalOf } from '#app/server/form.server.ts'

const PATH = '/api/catalog/categories'
const DONE: Record<string, string> = {
  create: 'The category is there.',
  save: 'Saved.',
  remove: 'The category is deleted.',
  up: 'Moved up.',
  down: 'Moved down.',
}

export const meta: MetaFunction = () => [{ title: 'Categories, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const { items } = await api(request).get(Tree, PATH)
  return { items, choices: categoryChoices(items) }
})

async function create(request: Request, form: FormData): Promise<Refusal | null> {
  const { items } = await api(request).get(Tree, PATH)
  const parsed = parseForm(form, CategoryInput, ({ title = '', slug, parent }) => ({
    title,
    slug: slug ?? slugFor(title),
    parent: parent ?? null,
    position: items.length * 10,
  }))
  if (!parsed.ok) return parsed.refusal
  await api(request).post(Category, PATH, parsed.data)
  return null
}

async function save(request: Request, form: FormData, id: string): Promise<Refusal | null> {
  const parsed = parseForm(form, CategoryPatch, ({ title = '', description = '', parent }) => ({
    title,
    description,
    parent: parent ?? null,
  }))
  if (!parsed.ok) return parsed.refusal
  await api(request).patch(Category, `${PATH}/${encodeURIComponent(id)}`, parsed.data)
  return null
}

async function move(request: Request, id: string, by: 1 | -1): Promise<null> {
  const { items } = await api(request).get(Tree, PATH)
  for (const { id: moving, position } of movedPositions(siblingsOf(items, id), id, by))
    await api(request).patch(Category, `${PATH}/${encodeURIComponent(moving)}`, { position })
  return null
}

async function change(request: Request, form: FormData, intent: string, id: string): Promise<Refusal | null> {
  if (intent === 'create') return create(request, form)
  if (intent === 'save') return save(request, form, id)
  if (intent === 'up' || intent === 'down') return move(request, id, intent === 'up' ? -1 : 1)
  await api(request).delete(Nothing, `${PATH}/${encodeURIComponent(id)}`)
  return null
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const form = await readForm(request)
  const intent = String(form.get('intent') ?? '')
  const id = String(form.get('id') ?? '')
  try {
    const refused = await change(request, form, intent, id)
    if (refused) return data({ ...refused, of: id }, 400)
  } catch (error) {
    return data({ ...refusalOf(form, error), of: id }, 400)
  }
  return redirect(`/admin/categories?done=${intent}`, 303)
})

export default function Categories() {
  const { items, choices } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const state = { of: refused?.of ?? 'none', values: refused?.values ?? {}, errors: refused?.fields ?? {} }
  return (
    <>
      <PageHead title="Categories" />
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="cols">
        <section className="box" aria-label="Category tree">
          {items.length > 0 ? (
            <CategoryTree categories={items} choices={choices} state={state} />
          ) : (
            <p className="soft">No category yet. Products need one.</p>
          )}
        </section>
        <NewCategoryBox choices={choices} state={state} />
      </div>
    </>
  )
}

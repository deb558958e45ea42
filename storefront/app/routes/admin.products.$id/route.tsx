import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Product } from '@vitrine/contracts/catalog'
import { CategoryTree } from '@vitrine/contracts/categories'
import { useState } from 'react'
import { ArchiveBox } from '#app/features/admin-products/archive-box.tsx'
import { type CategoryChoice, categoryChoices } from '#app/features/admin-products/category-choices.ts'
import { ConflictNotice } from '#app/features/admin-products/conflict-notice.tsx'
import { DetailsBox, type FormState, PlaceBox } from '#app/features/admin-products/details-fields.tsx'
import { MissingVariantsBox, OptionsBox } from '#app/features/admin-products/options-box.tsx'
import { PicturesBox } from '#app/features/admin-products/pictures-box.tsx'
import { ProductFacts } from '#app/features/admin-products/product-facts.tsx'
import { archivedNews, changedDetails, valuesOf } from '#app/features/admin-products/product-form.ts'
import { ProductStatusBadge } from '#app/features/admin-products/product-status.tsx'
import { VariantNamesBox } from '#app/features/admin-products/variant-names-box.tsx'
import { VariantsBox } from '#app/features/admin-products/variants-box.tsx'
import { BackLink, DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { SaveBar } from '#app/features/admin-shell/save-bar.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { formatDateTime } from '#app/format.ts'
import { answering, problem } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { requireStaff } from '#app/server/auth.server.ts'
import { formValues, readForm, refusalOf } from '#app/server/form.server.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { INTENTS } from './intents.server.ts'

const DONE: Record<string, string> = {
  created: 'The product is there.',
  'created-without-picture': 'The product is there, but its picture was not accepted. Try another one below.',
  details: 'Nothing was changed.',
  prices: 'The prices are saved. The shop shows them on the next load.',
  stock: 'The stock is adjusted.',
  options: 'The options are saved. Give the new combinations a price below.',
  variants: 'The variants are in the grid.',
  'picture-add': 'The picture is added.',
  'picture-alt': 'The description is saved.',
  'picture-first': 'The picture is shown first now.',
  'picture-earlier': 'The picture is one place earlier.',
  'picture-later': 'The picture is one place later.',
  'picture-remove': 'The picture is removed.',
  'variant-rename': 'The variant has its new SKU.',
  'variant-remove': 'The variant is removed.',
}

/** A refused change shows what is true now, so the page is read again even then. */
export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.product.title ?? 'Product'}, Vitrine admin` },
]

const findProduct = (request: Request, id: string | undefined, canEdit: boolean) =>
  api(request).get(Product, `/api/catalog/products/${encodeURIComponent(id ?? '')}${canEdit ? '?status=all' : ''}`)

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const { permissions } = await requireStaff(request)
  const canEdit = permissions.includes('catalog:write')
  const [product, tree] = await Promise.all([
    findProduct(request, params.id, canEdit),
    canEdit ? api(request).get(CategoryTree, '/api/catalog/categories') : null,
  ])
  return { product, categories: categoryChoices(tree?.items ?? []) }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  const { permissions } = await requireStaff(request)
  const form = await readForm(request)
  const name = String(form.get('intent'))
  const run = INTENTS[name]
  if (!run) problem(request, 400, 'invalid_input', 'This page does not know what to do with that.')
  const product = await findProduct(request, params.id, permissions.includes('catalog:write'))
  try {
    const refused = await run({ request, form, product })
    if (refused) return data({ ...refused, intent: name, isConflict: false }, 400)
  } catch (error) {
    const isConflict = isApiError(error, 'version_conflict')
    return data({ ...refusalOf(form, error), intent: name, isConflict }, isConflict ? 409 : 400)
  }
  if (name === 'archive') return redirect(`/admin/products?${archivedNews(product)}`, 303)
  const changed = name === 'details' ? changedDetails(product, formValues(form)) : []
  return redirect(`/admin/products/${product.id}?${new URLSearchParams({ done: name, changed: changed.join() })}`, 303)
})

const DETAIL_WORDS: Record<string, string> = {
  title: 'title',
  description: 'description',
  brand: 'brand',
  category: 'category',
  status: 'status',
  slug: 'address',
}

/** What the last form did, with the details it changed. */
function doneText(query: URLSearchParams): string | undefined {
  const changed = (query.get('changed') ?? '').split(',').flatMap((name) => DETAIL_WORDS[name] ?? [])
  if (query.get('done') === 'details' && changed.length > 0) return `Saved: ${changed.join(', ')}.`
  return DONE[query.get('done') ?? '']
}

type EditPartProps = FormState & { product: Product; onDirty: (isDirty: boolean) => void }

function EditForm({ product, values, errors, onDirty }: EditPartProps) {
  return (
    <Form id="edit" method="post" key={product.version} onInput={() => onDirty(true)} onReset={() => onDirty(false)}>
      <input type="hidden" name="version" value={product.version} />
      <DetailsBox values={values} errors={errors} />
    </Form>
  )
}

function EditSide({ product, categories, values, errors, onDirty }: EditPartProps & { categories: CategoryChoice[] }) {
  return (
    <div className="stack" key={product.version} onInput={() => onDirty(true)}>
      <PlaceBox values={values} errors={errors} categories={categories} form="edit" />
      <p className="muted tiny">
        Changed {formatDateTime(product.updatedAt)}, version {product.version}. Made {formatDateTime(product.createdAt)}
        {product.createdBy && (
          <>
            {' '}
            by <span className="mono">{product.createdBy}</span>
          </>
        )}
        .
      </p>
      <ArchiveBox product={product} />
    </div>
  )
}

export default function EditProduct() {
  const { product, categories } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const [dirtyVersion, setDirtyVersion] = useState<number | null>(null)
  const canEdit = useCan('catalog:write')
  const canMove = useCan('inventory:write')
  const isBusy = useNavigation().state === 'submitting'
  const stateOf = (...intents: string[]): FormState =>
    refused && intents.includes(refused.intent)
      ? { values: refused.values, errors: refused.fields }
      : { values: {}, errors: {} }
  const edit = {
    product,
    values: refused?.intent === 'details' ? refused.values : valuesOf(product),
    errors: stateOf('details').errors,
    onDirty: (isDirty: boolean) => setDirtyVersion(isDirty ? product.version : null),
  }
  return (
    <>
      {canEdit && dirtyVersion === product.version && <SaveBar form="edit" intent="details" isBusy={isBusy} />}
      <BackLink to="/admin/products">Products</BackLink>
      <PageHead title={product.title} badges={<ProductStatusBadge status={product.status} />}>
        {product.status === 'active' && (
          <a className={buttonClass()} href={`/products/${product.slug}`}>
            <Icon name="eye" />
            View in shop
          </a>
        )}
        {canEdit && (
          <Link className={buttonClass()} to={`/admin/products/new?from=${product.id}`}>
            Duplicate
          </Link>
        )}
        {canEdit && dirtyVersion !== product.version && (
          <Button form="edit" name="intent" value="details" type="submit" tone="primary" isBusy={isBusy}>
            Save
          </Button>
        )}
      </PageHead>
      <DoneNotice text={refused ? undefined : doneText(query)} />
      {refused?.isConflict && refused.intent === 'details' ? (
        <ConflictNotice product={product} mine={refused.values} />
      ) : (
        <RefusalNotice text={refused?.message} />
      )}
      <div className="cols">
        <div className="stack">
          {canEdit ? <EditForm {...edit} /> : <ProductFacts product={product} />}
          <PicturesBox product={product} canEdit={canEdit} errors={stateOf('picture-add').errors} />
          {canEdit && <OptionsBox product={product} errors={stateOf('options').errors} />}
        </div>
        {canEdit && <EditSide {...edit} categories={categories} />}
        <div className="span-all stack">
          <VariantsBox product={product} canEdit={canEdit} canMove={canMove} {...stateOf('prices', 'stock')} />
          {canEdit && <VariantNamesBox product={product} {...stateOf('variant-rename', 'variant-remove')} />}
          {canEdit && <MissingVariantsBox product={product} {...stateOf('variants')} />}
        </div>
      </div>
    </>
  )
}

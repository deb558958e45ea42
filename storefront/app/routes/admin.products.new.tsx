import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Picture, Product, ProductInput } from '@vitrine/contracts/catalog'
import { CategoryTree } from '@vitrine/contracts/categories'
import { type FormEvent, useState } from 'react'
import { categoryChoices } from '#app/features/admin-products/category-choices.ts'
import { DetailsBox, PlaceBox } from '#app/features/admin-products/details-fields.tsx'
import { parseOptions } from '#app/features/admin-products/matrix.ts'
import { NewVariantGrid } from '#app/features/admin-products/new-variant-grid.tsx'
import { OptionFields } from '#app/features/admin-products/option-fields.tsx'
import { PictureFields } from '#app/features/admin-products/picture-fields.tsx'
import {
  copyOf,
  detailsOf,
  optionLines,
  parseRows,
  typedValues,
  variantRows,
} from '#app/features/admin-products/product-form.ts'
import { useLeaveGuard } from '#app/features/admin-shell/leave-guard.ts'
import { BackLink, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, formValues, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'

export const meta: MetaFunction = () => [{ title: 'New product, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const { items } = await api(request).get(CategoryTree, '/api/catalog/categories')
  const from = new URL(request.url).searchParams.get('from')
  const path = `/api/catalog/products/${encodeURIComponent(from ?? '')}?status=all`
  const model = from ? await api(request).get(Product, path) : null
  return { categories: categoryChoices(items), start: model ? copyOf(model) : {} }
})

/** The pictures chosen along with the new product; one that fails is told on the product's page and tried again there. */
async function addPictures(request: Request, form: FormData, product: Product): Promise<boolean> {
  const files = form.getAll('file').filter((file): file is File => file instanceof File && file.size > 0)
  for (const file of files) {
    const body = new FormData()
    body.set('file', file)
    body.set('alt', String(form.get('alt') ?? ''))
    try {
      await api(request).post(Picture, `/api/catalog/products/${product.id}/pictures`, body)
    } catch (error) {
      refusalOf(form, error)
      return false
    }
  }
  return true
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'catalog:write')
  const form = await readForm(request)
  const values = formValues(form)
  if (values.intent === 'rows') return data(refusal(form, null))
  const { variants, errors } = parseRows(variantRows(values))
  const { brand, slug } = values
  const parsed = ProductInput.safeParse({
    ...detailsOf(values),
    ...(brand ? { brand } : {}),
    ...(slug ? { slug } : {}),
    options: parseOptions(optionLines(values)),
    variants,
  })
  const fields = { ...(parsed.success ? {} : fieldErrors(parsed.error)), ...errors }
  if (!parsed.success || Object.keys(errors).length > 0) {
    return data(refusal(form, 'Some fields need another look.', fields), 400)
  }
  try {
    const product = await api(request).post(Product, '/api/catalog/products', parsed.data)
    const hasPictures = await addPictures(request, form, product)
    return redirect(`/admin/products/${product.id}?done=${hasPictures ? 'created' : 'created-without-picture'}`, 303)
  } catch (error) {
    return data(refusalOf(form, error), 400)
  }
})

export default function NewProduct() {
  const { categories, start } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [typed, setTyped] = useState<Record<string, string> | null>(null)
  const isBusy = useNavigation().state === 'submitting'
  const state = { values: refused?.values ?? start, errors: refused?.fields ?? {} }
  useLeaveGuard(typed !== null && !isBusy)
  const rows = variantRows(typed ?? state.values)
  const follow = (event: FormEvent<HTMLFormElement>) => setTyped(typedValues(event.currentTarget))
  return (
    <>
      <BackLink to="/admin/products">Products</BackLink>
      <PageHead title="New product">
        <Button form="new" name="intent" value="create" tone="primary" type="submit" isBusy={isBusy}>
          Create product
        </Button>
      </PageHead>
      <RefusalNotice text={refused?.message} />
      <Form className="cols" id="new" method="post" encType="multipart/form-data" onInput={follow} noValidate>
        <div className="stack">
          <DetailsBox {...state} />
          <section className="box stack" aria-labelledby="pictures-head">
            <h2 id="pictures-head">Pictures</h2>
            <PictureFields errors={state.errors} isOptional />
          </section>
          <section className="box stack" aria-labelledby="options-head">
            <h2 id="options-head">Options</h2>
            <OptionFields lines={optionLines(typed ?? state.values)} errors={state.errors.options} />
            <p>
              <Button name="intent" value="rows" type="submit">
                Make the variants
              </Button>
            </p>
          </section>
        </div>
        <div className="stack">
          <PlaceBox {...state} categories={categories} />
        </div>
        <section className="box box--flush span-all" aria-labelledby="variants-head">
          <div className="row row--between pad">
            <h2 id="variants-head">
              Variants <span className="muted num">{rows.length}</span>
            </h2>
            <TextField
              name="price"
              label="Price of all, €"
              inputMode="decimal"
              defaultValue={state.values.price}
              required={false}
            />
          </div>
          <NewVariantGrid rows={rows} {...state} />
        </section>
      </Form>
    </>
  )
}

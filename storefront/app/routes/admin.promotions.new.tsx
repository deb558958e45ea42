import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Promotion, PromotionInput } from '@vitrine/contracts/promotions'
import { PromotionEditor } from '#app/features/admin-promotions/promotion-editor.tsx'
import { BackLink, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { loadCategoryChoices, readPromotion } from '#app/server/promotion.server.ts'

export const meta: MetaFunction = () => [{ title: 'New promotion, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  return { categories: await loadCategoryChoices(request) }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  const form = await readForm(request)
  const chosen = form.getAll('category').map(String)
  const { promotion, problems } = await readPromotion(request, form)
  const parsed = PromotionInput.safeParse(promotion)
  if (problems || !parsed.success) {
    const fields = { ...(parsed.error ? fieldErrors(parsed.error) : {}), ...problems }
    return data({ ...refusal(form, null, fields), chosen }, 400)
  }
  try {
    await api(request).post(Promotion, '/api/orders/promotions', parsed.data)
  } catch (error) {
    return data({ ...refusalOf(form, error), chosen }, 409)
  }
  return redirect('/admin/promotions?done=created', 303)
})

export default function NewPromotion() {
  const { categories } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <>
      <BackLink to="/admin/promotions">Promotions</BackLink>
      <PageHead title="New promotion" />
      <RefusalNotice text={refused?.message} />
      <PromotionEditor
        values={refused?.values ?? {}}
        errors={refused?.fields ?? {}}
        categories={categories}
        chosen={refused?.chosen ?? []}
        submitLabel="Create promotion"
        isBusy={useNavigation().state === 'submitting'}
      />
    </>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Promotion, PromotionPatch } from '@vitrine/contracts/promotions'
import { PromotionEditor } from '#app/features/admin-promotions/promotion-editor.tsx'
import { toPatch, valuesOf } from '#app/features/admin-promotions/promotion-form.ts'
import { STATES, stateOf, usesOf } from '#app/features/admin-promotions/promotion-words.ts'
import { BackLink, DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api, Nothing } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { loadCategoryChoices, readPromotion, slugsOf } from '#app/server/promotion.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'

const DONE: Record<string, string> = {
  saved: 'The promotion is saved.',
  ended: 'The promotion has ended. Orders that used it keep their price.',
}
const pathOf = (id = '') => `/api/orders/promotions/${encodeURIComponent(id)}`

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.promotion.code ?? 'Promotion'}, Vitrine admin` },
]

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  const [promotion, categories] = await Promise.all([
    api(request).get(Promotion, pathOf(params.id)),
    loadCategoryChoices(request),
  ])
  const slugs = await slugsOf(request, promotion)
  return { promotion, categories, values: valuesOf(promotion, slugs), now: new Date().toISOString() }
})

async function save(request: Request, form: FormData, id: string | undefined) {
  const { promotion, problems } = await readPromotion(request, form)
  const parsed = PromotionPatch.safeParse(toPatch(promotion))
  if (problems || !parsed.success) {
    return data(refusal(form, null, { ...(parsed.error ? fieldErrors(parsed.error) : {}), ...problems }), 400)
  }
  await api(request).patch(Promotion, pathOf(id), parsed.data)
  return redirect(`/admin/promotions/${id}?done=saved`, 303)
}

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  const form = await readForm(request)
  try {
    if (form.get('intent') === 'remove') {
      await api(request).delete(Nothing, pathOf(params.id))
      return redirect('/admin/promotions?done=removed', 303)
    }
    if (form.get('intent') === 'end') {
      await api(request).patch(Promotion, pathOf(params.id), { endsAt: new Date().toISOString() })
      return redirect(`/admin/promotions/${params.id}?done=ended`, 303)
    }
    return await save(request, form, params.id)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
})

export default function EditPromotion() {
  const { promotion, categories, values, now } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const isBusy = useNavigation().state === 'submitting'
  const [tone, title] = STATES[stateOf(promotion, now)]
  return (
    <>
      <BackLink to="/admin/promotions">Promotions</BackLink>
      <PageHead
        title={promotion.code}
        badges={
          <>
            <Badge tone={tone}>{title}</Badge>
            <span className="muted num">{usesOf(promotion)} used</span>
          </>
        }
      >
        {stateOf(promotion, now) !== 'ended' && (
          <Form method="post">
            <Button name="intent" value="end" type="submit" isBusy={isBusy}>
              End it now
            </Button>
          </Form>
        )}
      </PageHead>
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <PromotionEditor
        key={JSON.stringify(values)}
        values={refused?.values ?? values}
        errors={refused?.fields ?? {}}
        categories={categories}
        chosen={promotion.scope?.categories ?? []}
        submitLabel="Save promotion"
        isBusy={isBusy}
      />
      <details className="box narrow mt">
        <summary className="link">Remove this promotion</summary>
        <Form method="post" className="stack mt">
          <p>The code {promotion.code} stops working and leaves the list. Orders that used it keep their price.</p>
          <p>
            <Button name="intent" value="remove" type="submit" tone="danger" isBusy={isBusy}>
              Remove {promotion.code}
            </Button>
          </p>
        </Form>
      </details>
    </>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { ShopRates, ShopRatesInput } from '@vitrine/contracts/shipping'
import { toRates, type Values } from '#app/features/admin-delivery/rates-form.ts'
import { TaxBox } from '#app/features/admin-delivery/tax-fields.tsx'
import { ZoneBox } from '#app/features/admin-delivery/zone-fields.tsx'
import { useGuardedForm } from '#app/features/admin-shell/leave-guard.ts'
import { DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { COUNTRIES } from '#app/features/checkout/countries.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, readForm, refusalOf } from '#app/server/form.server.ts'
import { Button } from '#app/ui/button.tsx'

const PATH = '/api/orders/rates'

export const meta: MetaFunction = () => [{ title: 'Delivery and tax, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  return { rates: await api(request).get(ShopRates, PATH) }
})

const refused = (message: string, fields: Record<string, string[] | undefined>, values: Values, status: number) =>
  data({ message, fields, values }, status)

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  const form = await readForm(request)
  // Empty fields count here: they tell where a zone or a way of delivery ends.
  const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value).trim()]))
  const read = toRates(values)
  if ('problems' in read)
    return refused('Nothing is saved yet: look at the fields marked below.', read.problems, values, 400)
  const parsed = ShopRatesInput.safeParse(read.rates)
  if (!parsed.success) {
    const problems = Object.values(fieldErrors(parsed.error)).flat()
    return refused(problems[0] ?? 'This cannot be saved.', {}, values, 400)
  }
  try {
    await api(request).put(ShopRates, PATH, parsed.data)
  } catch (error) {
    const { message, fields } = refusalOf(form, error)
    return refused(fields.zones?.[0] ?? message ?? '', fields, values, 409)
  }
  return redirect('/admin/delivery?done=saved', 303)
})

export default function Delivery() {
  const { rates } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [query] = useSearchParams()
  const isBusy = useNavigation().state === 'submitting'
  const { watch } = useGuardedForm(rates.version)
  const state = { values: answer?.values ?? null, errors: answer?.fields ?? {} }
  return (
    <>
      <PageHead title="Delivery and tax">
        <Button form="rates" type="submit" tone="primary" isBusy={isBusy}>
          Save
        </Button>
      </PageHead>
      <DoneNotice text={!answer && query.has('done') ? 'Saved. New quotes and orders count with it.' : undefined} />
      <RefusalNotice text={answer?.message} />
      <Form method="post" id="rates" className="stack" noValidate key={rates.version} {...watch}>
        <input type="hidden" name="version" value={rates.version} />
        {[...rates.zones, undefined].map((zone, index) => (
          <ZoneBox key={zone?.id ?? 'new'} index={index} zone={zone} {...state} />
        ))}
        <TaxBox {...rates} countries={COUNTRIES} {...state} />
      </Form>
    </>
  )
}

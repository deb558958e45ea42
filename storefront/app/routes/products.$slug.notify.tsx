import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Product } from '@vitrine/contracts/catalog'
import { StockAlert, StockAlertInput } from '@vitrine/contracts/inventory'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { parseForm, readForm } from '#app/server/form.server.ts'

export const loader = ({ params }: LoaderFunctionArgs) => redirect(`/products/${params.slug}`, 302)

/** Asks for one mail when a variant is back, then shows the product with the same variant chosen. */
export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const path = `/api/catalog/products/${encodeURIComponent(params.slug ?? '')}`
  const product = await api(request).get(Product, path)
  const sku = String(form.get('sku') ?? '')
  const options = product.variants.find((variant) => variant.sku === sku)?.options ?? {}
  const back = (said: Record<string, string>) =>
    redirect(`/products/${product.slug}?${new URLSearchParams({ ...options, ...said })}#notify`, 303)
  const parsed = parseForm(form, StockAlertInput, ({ email }) => ({ email }))
  if (!parsed.ok) return back({ problem: 'Give a mail address such as you@example.com.' })
  try {
    await api(request).post(StockAlert, `${path}/variants/${encodeURIComponent(sku)}/alerts`, parsed.data)
  } catch (error) {
    if (!isApiError(error, 'conflict', 'invalid_input', 'not_found')) throw error
    return back({ problem: error.message })
  }
  return back({ told: 'yes' })
})

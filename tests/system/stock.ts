import { call, tokenOf } from './edge.client.ts'

/** A product of its own for one test, so that stock can be counted to the unit. */
export async function productWithStock(onHand: number): Promise<{ id: string; sku: string }> {
  const sku = `T-${crypto.randomUUID().slice(0, 8).toUpperCase()}`
  const category = (await call('/api/catalog/categories')).data
  const slug = (category.items ?? category)[0].slug
  const reply = await call('/api/catalog/products', {
    method: 'POST',
    token: await tokenOf('admin'),
    body: {
      title: `Test piece ${sku}`,
      description: 'Made by a test.',
      category: slug,
      status: 'active',
      options: [],
      variants: [{ sku, options: {}, price: { amount: 1500, currency: 'EUR' }, onHand }],
    },
  })
  if (reply.status !== 201) throw new Error(`product: ${reply.text}`)
  return { id: reply.data.id, sku }
}

export const stockOf = async (sku: string) =>
  (await call(`/api/catalog/inventory/${sku}`, { token: await tokenOf('admin') })).data

import { expect, test } from 'bun:test'
import { cartWith } from './buyer.ts'
import { call, state } from './edge.client.ts'
import { productWithStock } from './stock.ts'

/** The checkout as a browser without scripts sends it: forms and cookies. */
const HOME = { name: 'Mara Test', line1: 'Old Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

async function send(cookie: string, fields: Record<string, string>) {
  const reply = await fetch(`${state().edge}/checkout`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: state().edge, accept: 'text/html' },
    body: new URLSearchParams({ shippingMethod: 'standard', intent: 'place', ...fields }),
  })
  return { status: reply.status, headers: reply.headers, text: await reply.text() }
}

/** What the page itself would send along: its hidden fields. */
async function openCheckout(cookie: string): Promise<{ html: string; hidden: Record<string, string> }> {
  const html = await (await fetch(`${state().edge}/checkout`, { headers: { cookie } })).text()
  const fields = html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return { html, hidden: Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value])) }
}

/** The order a reply leads to, read with the cookie it came with. */
async function orderOf({ status, headers, text }: Awaited<ReturnType<typeof send>>) {
  if (status !== 303) throw new Error(`no order: ${status} ${text.match(/role="alert".*?<\/div>/s)?.[0]}`)
  const id = headers.get('location')?.split('/').at(-1) ?? ''
  const token = new RegExp(`order_${id}=([^;]+)`).exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
  return (await call(`/api/orders/${id}`, { headers: { 'x-order-token': decodeURIComponent(token) } })).data
}

async function guestCart(): Promise<string> {
  const { sku } = await productWithStock(5)
  return `cart=${await cartWith([{ sku, quantity: 1 }])}`
}

test('the order of a signed-in shopper goes to the saved address that was ticked', async () => {
  const email = `form.${Date.now().toString(36)}@buyers.test`
  const account = { email, password: 'a sentence to begin with', name: 'Mara Test' }
  const { data } = await call('/api/auth/register', { method: 'POST', body: account })
  const token: string = data.accessToken
  const keep = async (line1: string, isDefault: boolean): Promise<string> =>
    (await call('/api/auth/addresses', { method: 'POST', token, body: { ...HOME, line1, isDefault } })).data.id
  const [first, other] = [await keep('Old Street 1', true), await keep('New Street 22', false)]
  const { sku } = await productWithStock(5)
  await call('/api/cart/lines', { method: 'POST', token, body: { sku, quantity: 1 } })
  const cookie = `vitrine_access=${token}`
  const { html, hidden } = await openCheckout(cookie)
  const cards = html.match(/<input[^>]*name="addressId"[^>]*>/g) ?? []
  expect(cards.filter((card) => card.includes('checked'))).toEqual([expect.stringContaining(first)])
  const order = await orderOf(await send(cookie, { ...hidden, email, addressId: other, billingSame: 'yes' }))
  expect(order.addresses.shipping.line1).toBe('New Street 22')
  expect(order.addresses.billing.line1).toBe('New Street 22')
})

test('a total that changed meanwhile is shown beside the old one, orders nothing, and can be accepted', async () => {
  const cookie = await guestCart()
  const { hidden } = await openCheckout(cookie)
  const now = Number(hidden.expectedAmount)
  const [shown = '', price = ''] = (hidden.shownPrices ?? '').split('=')
  const before = { expectedAmount: String(now - 100), shownPrices: `${shown}=${Number(price) - 100}` }
  const form = { ...HOME, email: 'form-price@buyers.test', billingSame: 'yes' }
  const refused = await send(cookie, { ...hidden, ...form, ...before })
  expect(refused.status).toBe(409)
  const euro = (amount: number) => `€${(amount / 100).toFixed(2)}`
  for (const amount of [now, now - 100, Number(price) - 100]) expect(refused.text).toContain(euro(amount))
  expect(refused.text).toContain('Nothing was ordered and nothing was charged')
  const order = await orderOf(await send(cookie, { ...hidden, ...form }))
  expect(order.total.amount).toBe(now)
})

test('the province is asked for where the post needs it, and the bill may go elsewhere', async () => {
  const cookie = await guestCart()
  const { hidden } = await openCheckout(cookie)
  const italy = {
    name: 'Mara Test',
    line1: 'Via Roma 2',
    line2: 'Scala B',
    city: 'Roma',
    postalCode: '00144',
    country: 'IT',
  }
  const billing = Object.fromEntries(Object.entries(HOME).map(([name, value]) => [`billing.${name}`, value]))
  const form = { ...hidden, ...italy, ...billing, email: 'form-italy@buyers.test' }
  const refused = await send(cookie, form)
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('The post needs the province in this country.')
  const total = /name="expectedAmount" value="(\d+)"/.exec(refused.text)?.[1] ?? ''
  const order = await orderOf(await send(cookie, { ...form, region: 'RM', expectedAmount: total }))
  expect(order.addresses.shipping).toMatchObject({ line2: 'Scala B', region: 'RM' })
  expect(order.addresses.billing).toMatchObject(HOME)
})

test('an earlier order is put into the cart again, without what cannot be had any more', async () => {
  const [one, two] = await Promise.all([productWithStock(5), productWithStock(5)])
  const again = [`${one.sku}:2`, 'GONE-1:1', `${two.sku}:1`].map((line): [string, string] => ['again', line])
  const { edge } = state()
  const headers = { origin: edge, accept: 'text/html' }
  const body = new URLSearchParams(again)
  const reply = await fetch(`${edge}/cart/add`, { method: 'POST', redirect: 'manual', headers, body })
  expect(reply.headers.get('location')).toBe('/cart?left=1')
  const cartId = /(?:^|[ ,;])cart=([^;]+)/.exec(reply.headers.get('set-cookie') ?? '')?.[1] ?? ''
  const cart = await call('/api/cart', { headers: { 'x-cart-id': cartId } })
  expect(cart.data.lines.map((line: { sku: string; quantity: number }) => [line.sku, line.quantity])).toEqual([
    [one.sku, 2],
    [two.sku, 1],
  ])
})

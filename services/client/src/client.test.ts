import { expect, test } from 'bun:test'
import { createShopClient, dataOf, isRefusal } from './client.ts'

/** A shop that answers every call with this, and remembers what it was asked. */
function shopThat(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: Request[] = []
  const fetch = async (request: Request) => {
    asked.push(request)
    return Response.json(body, { status, headers })
  }
  return { asked, client: createShopClient({ url: 'https://shop.example', accessToken: () => 'a-token', fetch }) }
}

test('a reply is opened, the token goes along, and the cart that was issued is sent from then on', async () => {
  const { asked, client } = shopThat(200, { success: true, data: { id: 'crt_1' } }, { 'x-cart-id': 'crt_1' })
  expect(dataOf(await client.GET('/api/cart')).id).toBe('crt_1')
  await client.POST('/api/cart/lines', { body: { sku: 'A', quantity: 1 } })
  expect(asked.map(({ headers }) => headers.get('x-cart-id'))).toEqual([null, 'crt_1'])
  expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer a-token', 'Bearer a-token'])
})

test('a refusal carries the code, the details and the request id of the shop', async () => {
  const error = { code: 'out_of_stock', message: 'Only 2 left.', details: { available: 2 }, requestId: 'req-1' }
  const { client } = shopThat(409, { success: false, error })
  const reply = await client.POST('/api/cart/lines', { body: { sku: 'A', quantity: 3 } })
  expect(() => dataOf(reply)).toThrow('Only 2 left.')
  try {
    dataOf(reply)
  } catch (refusal) {
    expect(refusal).toMatchObject({ ...error, status: 409 })
    expect([isRefusal(refusal), isRefusal(refusal, 'out_of_stock'), isRefusal(refusal, 'conflict')]).toEqual([
      true,
      true,
      false,
    ])
  }
})

test('what is not the shop’s own answer is a refusal too', async () => {
  const { client } = shopThat(502, 'Bad gateway')
  const reply = await client.GET('/api/cart')
  expect(() => dataOf(reply)).toThrow('The shop answered 502.')
})

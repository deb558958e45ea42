import { expect, test } from 'bun:test'
import { call, state, tokenOf, until } from './edge.client.ts'

const PASSWORD = 'a perfectly fine one'

async function register(name: string) {
  const email = `${name}.${Date.now().toString(36)}@system.test`
  const { data } = await call('/api/auth/register', { method: 'POST', body: { email, password: PASSWORD, name } })
  return { email, ...(data as { accessToken: string; refreshToken: string; user: { id: string } }) }
}

const cookieOf = (reply: Response, name: string) =>
  reply.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';')[0]

test('parallel pages of a browser whose access token is over share one renewal, and the session lives on', async () => {
  const { refreshToken } = await register('parallel')
  const cookie = `vitrine_access=over; vitrine_refresh=${refreshToken}`
  const pages = await Promise.all(Array.from({ length: 8 }, () => fetch(`${state().edge}/`, { headers: { cookie } })))
  expect(pages.map(({ status }) => status)).toEqual(Array(8).fill(200))
  const renewed = new Set(pages.map((page) => cookieOf(page, 'vitrine_refresh')))
  expect(renewed.size).toBe(1)
  const [next] = renewed
  expect(next).not.toBe(refreshToken)
  const access = cookieOf(pages[0] as Response, 'vitrine_access')
  const again = await call('/api/auth/me', { token: access })
  expect(again.status).toBe(200)
})

test('a session that has ended leaves the browser a guest', async () => {
  const { refreshToken, accessToken } = await register('ended')
  await call('/api/auth/sessions', { method: 'DELETE', token: accessToken })
  const cookie = `vitrine_access=over; vitrine_refresh=${refreshToken}`
  const page = await fetch(`${state().edge}/`, { headers: { cookie } })
  expect(page.status).toBe(200)
  expect(cookieOf(page, 'vitrine_refresh')).toBe('')
})

test('a deleted account takes its mails along and its cart, reviews, orders and mails are exported before', async () => {
  const { email, accessToken: token } = await register('leaving')
  const admin = await tokenOf('admin')
  const mails = async () => (await call(`/api/notifications/messages?to=${email}`, { token: admin })).data.items
  await until('the welcome mail', async () => (await mails()).length > 0)
  const { sku } = (await call('/api/catalog/products?inStock=true&limit=1')).data.items[0].variants.find(
    (one: { available: number }) => one.available > 0,
  )
  await call('/api/cart/lines', { method: 'POST', token, body: { sku, quantity: 2 } })
  const kept = await call('/api/auth/export', { token })
  expect(kept.status).toBe(200)
  expect(kept.data).toMatchObject({
    account: { email },
    orders: [],
    reviews: [],
    carts: [{ lines: [{ sku, quantity: 2 }] }],
  })
  expect(kept.data.messages.length).toBeGreaterThan(0)
  const wrong = await call('/api/auth/me', { method: 'DELETE', token, body: { password: 'wrong' } })
  expect(wrong.status).toBe(400)
  await call('/api/auth/me', { method: 'DELETE', token, body: { password: PASSWORD } })
  await until('the mails are gone', async () => (await mails()).length === 0)
  expect((await call('/api/auth/me', { token })).status).toBe(401)
})

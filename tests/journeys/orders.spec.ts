import { expect, type Page, test } from '@playwright/test'
import { payByApi, placeByApi } from './order.api.ts'
import { signIn } from './staff.page.ts'

async function lookUp(page: Page, number: string, email: string): Promise<void> {
  await page.goto('/orders/lookup')
  await page.getByLabel(/number/i).fill(number)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('main').getByRole('button').click()
  await page.waitForURL(/\/checkout\/ord_/)
}

test('the page of an order follows payment and dispatch without a reload, also after a lost connection', async ({
  page,
  browser,
  request,
}) => {
  const email = 'journey-live@vitrine.test'
  const order = await placeByApi(request, email)
  await lookUp(page, order.number, email)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Pay for order')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await payByApi(request, order)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/thank you/i)

  const staff = await (await browser.newContext()).newPage()
  await signIn(staff, 'orders')
  await staff.goto(`/admin/orders/${order.id}`)
  await staff.getByLabel('Tracking number').fill('JD0001')
  await page.context().setOffline(true)
  await staff.getByRole('button', { name: 'Mark as shipped' }).click()
  await expect(staff.getByText('The order is marked as shipped.')).toBeVisible()
  await page.context().setOffline(false)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is on its way', { timeout: 30_000 })
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)

  await page.getByRole('link', { name: 'Invoice' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Invoice ${order.number}`)
  await staff.context().close()
})

test('staff print a packing slip without prices and an invoice, and x-ray the order', async ({ page, request }) => {
  const order = await placeByApi(request, 'journey-papers@vitrine.test')
  await payByApi(request, order)
  await signIn(page, 'support')
  await page.goto(`/admin/orders/${order.id}`)
  await page.getByRole('link', { name: 'Packing slip' }).click()
  await expect(page.getByRole('article')).toContainText(`Packing slip ${order.number}`)
  await expect(page.getByRole('article')).not.toContainText('€')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Admin' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`/admin/orders/${order.id}/invoice`)
  await expect(page.getByRole('article')).toContainText('Tax included')
  await page.goto(`/admin/orders/${order.id}/x-ray`)
  const facts = page.getByRole('table')
  for (const text of ['checkout asked for', 'stock held', 'webhook payment_intent.succeeded', 'order.confirmed told']) {
    await expect(facts).toContainText(text)
  }
  await page.goto('/admin/reconciliation')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reconciliation')
})

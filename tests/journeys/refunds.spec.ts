import { expect, test } from '@playwright/test'
import { payByApi, placeByApi } from './order.api.ts'
import { signIn } from './staff.page.ts'

test('staff refund one of two items with delivery; when the bank sends it back it is shown and repeated', async ({
  page,
  request,
}) => {
  const order = await placeByApi(request, 'journey-refund@vitrine.test', 2)
  await payByApi(request, order, 'pm_card_refundFail')
  await signIn(page, 'orders')
  await page.goto(`/admin/orders/${order.id}`)
  await page.getByRole('link', { name: 'Refund…' }).click()
  await page.getByLabel(/^Refund how many/).fill('1')
  await page.getByLabel(/^Delivery/).fill('4.90')
  const button = page.getByRole('button', { name: /^Refund €/ })
  const sum = ((await button.textContent()) ?? '').replace('Refund ', '').trim()
  await button.click()
  const refunds = page.getByRole('region', { name: 'Refunds' })
  await expect(refunds).toContainText(`${sum} 1 ×`)
  await expect(async () => {
    await page.reload()
    await expect(refunds.getByText('Failed')).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  await refunds.getByRole('link', { name: 'Repeat…' }).click()
  await expect(page.getByLabel(/^Refund how many/)).toHaveValue('1')
  await page.getByRole('button', { name: `Refund ${sum}` }).click()
  await expect(refunds.getByRole('listitem')).toHaveCount(2)
})

test('a refund without a script is refused beside its field, then made', async ({ browser, request }) => {
  const order = await placeByApi(request, 'journey-refund-plain@vitrine.test')
  await payByApi(request, order)
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, 'orders')
  await page.goto(`/admin/orders/${order.id}/refund`)
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(page.getByText('Choose what to refund')).toBeVisible()
  await page.getByLabel(/^Everything that is left/).check()
  await page.getByRole('button', { name: 'Refund', exact: true }).click()
  await expect(page.getByText('The refund is under way.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Refund…' })).toHaveCount(0)
  await context.close()
})

import { expect, test } from '@playwright/test'
import { violationsOf } from './axe.page.ts'
import { addToCart, expectConfirmed, fillCheckout, productsInStock, withoutScript } from './shop.page.ts'

test('a card chosen on the tester’s page is filled into the next checkout', async ({ page }) => {
  const [slug] = await productsInStock(page, 1)
  await addToCart(page, slug ?? '')
  await page.goto('/testing')
  await page.getByRole('link', { name: 'Use 5555 5555 5555 4444 at checkout' }).click()
  await page.waitForURL(/\/checkout$/)
  await fillCheckout(page, 'journey-testing@vitrine.test')
  await page
    .getByRole('button', { name: /continue to payment|place order/i })
    .first()
    .click()
  await page.waitForURL(/\/checkout\/ord_/)
  await expect(page.getByLabel('Card number')).toHaveValue('5555 5555 5555 4444')
  await page.getByRole('button', { name: /pay/i }).first().click()
  await expectConfirmed(page)
  await page.goto('/testing')
  await expect(page.getByRole('region', { name: 'Last webhooks, table' }).getByText('delivered').first()).toBeVisible()
})

test('the tester’s page bends the sandbox without JavaScript and straightens it again', async ({ browser }) => {
  const context = await withoutScript(browser)
  const page = await context.newPage()
  await page.goto('/testing')
  await page.getByLabel('Drop them all').check()
  await page.getByLabel('Seconds late').fill('2')
  await page.getByRole('button', { name: 'Set webhooks' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Webhooks are sent as set' })).toBeVisible()
  await expect(page.getByLabel('Drop them all')).toBeChecked()
  await expect(page.getByLabel('Seconds late')).toHaveValue('2')
  await page.getByLabel('For how many calls').fill('0')
  await page.getByRole('button', { name: 'Set the fault' }).click()
  await expect(page.getByRole('alert')).toContainText('Nothing was changed')
  await page.getByLabel('Part', { exact: true }).selectOption('payments')
  await page.getByLabel('It', { exact: true }).selectOption('slow')
  await page.getByRole('button', { name: 'Make it so' }).click()
  await expect(page.getByRole('list', { name: 'Switched on' })).toContainText('payments')
  await page.getByRole('button', { name: 'All off' }).click()
  await expect(page.getByText('Every part of the shop is well.')).toBeVisible()
  await page.getByRole('button', { name: 'Straighten everything' }).click()
  await expect(page.getByLabel('Drop them all')).not.toBeChecked()
  await context.close()
})

test('the tester’s page is accessible and fits a narrow window, and its controls are not on the edge', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 })
  await page.goto('/testing')
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  for (const path of ['/internal/stripe-sandbox/state', '/_control/state', '/stripe/_control/state']) {
    expect((await page.request.get(path)).status()).toBeGreaterThanOrEqual(400)
  }
})

import { expect, test } from '@playwright/test'
import { signInAs, watchErrors } from './shop.page.ts'

test('an admin reads a message and sends it again', async ({ page }) => {
  const errors = watchErrors(page)
  await signInAs(page, 'admin')
  await page.goto('/admin/messages')
  const to = `reader-${Date.now()}@example.com`
  await page.getByText('Write a message').click()
  await page.getByLabel('To', { exact: true }).fill(to)
  await page.getByLabel('Subject').fill('About your order')
  await page.getByLabel('Text').fill('It left the house today.')
  await page.getByRole('button', { name: 'Send message' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('About your order')
  const preview = page.frameLocator('iframe[title="Preview of About your order"]')
  await expect(preview.getByText('It left the house today.').last()).toBeVisible()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('The message goes out again.')).toBeVisible()
  expect(errors).toEqual([])
})

test('the system page shows every service and its health', async ({ page }) => {
  await signInAs(page, 'admin')
  await page.goto('/admin/system')
  for (const service of ['auth', 'catalog', 'cart', 'orders', 'payments', 'notifications'])
    await expect(page.getByRole('row', { name: new RegExp(`^${service} Well`) })).toBeVisible()
})

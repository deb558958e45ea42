import { expect, test } from '@playwright/test'
import { signInAs } from './shop.page.ts'

test('support sees products and orders but nothing to edit them with', async ({ page }) => {
  await signInAs(page, 'support')
  await page.goto('/admin/products')
  await expect(page.getByRole('link', { name: /new product|add product/i })).toHaveCount(0)
})

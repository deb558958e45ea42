import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { signInAs, watchErrors } from './shop.page.ts'

test('axe finds nothing on the pages of the dashboard', async ({ page }) => {
  const errors = watchErrors(page)
  await signInAs(page, 'admin')
  for (const path of [
    '/admin',
    '/admin/products',
    '/admin/products/new',
    '/admin/orders',
    '/admin/inventory',
    '/admin/messages',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
    expect(violations.map((one) => `${path} ${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`)).toEqual([])
  }
  expect(errors).toEqual([])
})

test('support sees products and orders but nothing to edit them with', async ({ page }) => {
  await signInAs(page, 'support')
  await page.goto('/admin/products')
  await expect(page.getByRole('link', { name: /new product|add product/i })).toHaveCount(0)
})

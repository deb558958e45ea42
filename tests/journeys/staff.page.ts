import type { Page } from '@playwright/test'

/** Signs a demo account in and waits until it is where it wanted to go. */
export async function signIn(page: Page, name: 'admin' | 'support' | 'orders' | 'shopper'): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(`${name}@vitrine.test`)
  await page.getByLabel('Password', { exact: true }).fill(`vitrine-${name}-demo`)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((url) => url.pathname !== '/login')
}

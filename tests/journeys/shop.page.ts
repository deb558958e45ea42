import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'

export const CARDS = {
  success: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  challenge: '4000 0027 6000 3184',
} as const

/** Every console error or uncaught exception of the page; a journey ends with none. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    // The browser itself reports a declined payment's 402; that is the reply the journey asks for.
    if (message.type() === 'error' && !message.text().includes('402')) errors.push(message.text())
  })
  return errors
}

/** Slugs of products that have several variants in stock. */
export async function productsInStock(page: Page, count: number): Promise<string[]> {
  const reply = await page.request.get('/api/catalog/products?limit=60&inStock=true')
  const { data } = await reply.json()
  const slugs = data.items.map((item: { slug: string }) => item.slug)
  expect(slugs.length).toBeGreaterThanOrEqual(count)
  return slugs.slice(0, count)
}

/** The address of a product page with a variant selected that can be bought. */
export async function buyablePath(page: Page, slug: string): Promise<string> {
  const { data } = await (await page.request.get(`/api/catalog/products/${slug}`)).json()
  const variant = data.variants.find((one: { available: number }) => one.available > 3)
  return `/products/${slug}?${new URLSearchParams(variant.options)}`
}

const itemsInCart = (page: Page) => page.getByRole('banner').getByRole('status').filter({ hasText: 'in your cart' })

/** Adds one of this product and waits until the header counts it. */
export async function addToCart(page: Page, slug: string): Promise<void> {
  await page.goto(await buyablePath(page, slug))
  const before = (await itemsInCart(page).count())
    ? Number.parseInt((await itemsInCart(page).textContent()) ?? '', 10)
    : 0
  await page.getByRole('button', { name: 'Add to cart' }).first().click()
  await expect(itemsInCart(page)).toContainText(new RegExp(`^\\s*${before + 1} item`))
}

export async function fillCheckout(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Full name').fill('Mara Test')
  await page.getByLabel('Street and number').fill('Sample Street 1')
  await page.getByLabel('Postcode').fill('10115')
  await page.getByLabel('Town').fill('Berlin')
  const country = page.getByLabel('Country')
  if (await country.count()) await country.selectOption('DE')
}

/** From a filled cart to the page with the card form. */
export async function placeOrder(page: Page, email: string): Promise<void> {
  await page.goto('/checkout')
  await fillCheckout(page, email)
  await page
    .getByRole('button', { name: /continue to payment|place order/i })
    .first()
    .click()
  await page.waitForURL(/\/checkout\/ord_/)
}

export async function payWith(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByRole('button', { name: /pay/i }).first().click()
}

export const expectConfirmed = (page: Page) =>
  expect(page.getByRole('heading', { level: 1 })).toContainText(/thank you/i, { timeout: 30_000 })

/** Signs a demo account in: staff end up in the dashboard, the shopper in the account. */
export async function signInAs(page: Page, name: 'admin' | 'support' | 'orders' | 'shopper'): Promise<void> {
  const start = name === 'shopper' ? '/account' : '/admin'
  await page.goto(`/login?to=${start}`)
  await page.getByLabel('E-mail').fill(`${name}@vitrine.test`)
  await page.getByLabel('Password', { exact: true }).fill(`vitrine-${name}-demo`)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((url) => url.pathname.startsWith(start))
}

export const withoutScript = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ javaScriptEnabled: false })

import { expect, test } from '@playwright/test'
import {
  addToCart,
  buyablePath,
  CARDS,
  expectConfirmed,
  fillCheckout,
  payWith,
  placeOrder,
  productsInStock,
  watchErrors,
  withoutScript,
} from './shop.page.ts'

test('a guest buys two things with 4242 and sees the order confirmed, also after reload', async ({ page }) => {
  const errors = watchErrors(page)
  for (const slug of await productsInStock(page, 2)) await addToCart(page, slug)
  await placeOrder(page, 'journey-guest@vitrine.test')
  await payWith(page, CARDS.success)
  await expectConfirmed(page)
  await page.reload()
  await expectConfirmed(page)
  expect(errors).toEqual([])
})

test('a declined card shows its own sentence and another card succeeds on the same order', async ({ page }) => {
  const [slug] = await productsInStock(page, 1)
  await addToCart(page, slug ?? '')
  await placeOrder(page, 'journey-declined@vitrine.test')
  const address = page.url()
  await payWith(page, CARDS.declined)
  await expect(page.getByRole('alert').filter({ hasText: /declined/i })).toBeVisible()
  expect(page.url()).toBe(address)
  await payWith(page, CARDS.success)
  await expectConfirmed(page)
})

test('a card that asks for 3-D Secure: failing it leaves the order payable, passing it pays', async ({ page }) => {
  const [slug] = await productsInStock(page, 1)
  await addToCart(page, slug ?? '')
  await placeOrder(page, 'journey-3ds@vitrine.test')
  const challenge = page.frameLocator('iframe[src*="/stripe/challenge"]')
  await payWith(page, CARDS.challenge)
  await challenge.getByRole('button', { name: /fail/i }).click()
  await expect(page.getByRole('alert').filter({ hasText: /charged|bank|check/i })).toBeVisible()
  await payWith(page, CARDS.challenge)
  await challenge.getByRole('button', { name: /complete|pass|confirm/i }).click()
  await expectConfirmed(page)
})

test('without JavaScript a guest gets from a product to the card form', async ({ browser, page }) => {
  const [slug] = await productsInStock(page, 1)
  const path = await buyablePath(page, slug ?? '')
  const context = await withoutScript(browser)
  const plain = await context.newPage()
  await plain.goto(path)
  await plain.getByRole('button', { name: 'Add to cart' }).first().click()
  await plain.goto('/cart')
  await plain
    .getByRole('link', { name: /checkout/i })
    .first()
    .click()
  await fillCheckout(plain, 'journey-nojs@vitrine.test')
  await plain
    .getByRole('button', { name: /continue to payment|place order/i })
    .first()
    .click()
  await plain.waitForURL(/\/checkout\/ord_/)
  await expect(plain.getByText(/JavaScript/).first()).toBeVisible()
  await context.close()
})

test('the shopper signs in, keeps the cart and finds the order in the account', async ({ page }) => {
  const [slug] = await productsInStock(page, 1)
  await addToCart(page, slug ?? '')
  await page.goto('/login')
  await page.getByLabel('E-mail').fill('shopper@vitrine.test')
  await page.getByLabel('Password', { exact: true }).fill('vitrine-shopper-demo')
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL(/\/account/)
  await placeOrder(page, 'shopper@vitrine.test')
  await payWith(page, CARDS.success)
  await expectConfirmed(page)
  const number =
    /\d{4,}|V-[\w-]+/.exec((await page.getByRole('heading', { level: 1 }).textContent()) ?? '')?.[0] ?? 'no number'
  await page.goto('/account/orders')
  await expect(page.getByText(number).first()).toBeVisible()
})

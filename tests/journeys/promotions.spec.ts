import { expect, test } from '@playwright/test'
import { addToCart, productsInStock } from './shop.page.ts'
import { signIn } from './staff.page.ts'

test('staff make a code with a minimum; the cart says what is missing, then takes it off; ended, it says so', async ({
  page,
  browser,
}) => {
  const code = `J${Date.now().toString(36).toUpperCase()}`
  await signIn(page, 'admin')
  await page.goto('/admin/promotions/new')
  await page.getByLabel('Code').fill(code)
  await page.getByLabel('Kind').selectOption('fixed')
  await page.getByLabel('Amount in euro').fill('none')
  await page.getByLabel('Minimum in euro').fill('5000')
  await page.getByRole('button', { name: 'Create promotion' }).click()
  await expect(page.getByLabel('Amount in euro')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Amount in euro').fill('2.50')
  await page.getByRole('button', { name: 'Create promotion' }).click()
  await expect(page.getByRole('row').filter({ hasText: code })).toContainText('€2.50 off')

  const shopper = await (await browser.newContext()).newPage()
  const [slug] = await productsInStock(shopper, 1)
  await addToCart(shopper, slug ?? '')
  await shopper.goto('/cart')
  const apply = async () => {
    await shopper.getByText('Add a discount code').click()
    await shopper.getByLabel('Discount code').fill(code)
    await shopper.getByRole('button', { name: 'Apply' }).click()
  }
  await apply()
  await expect(shopper.getByText('This code has a minimum of €5,000.00')).toBeVisible()

  await page.getByRole('link', { name: code }).click()
  await page.getByLabel('Minimum in euro').fill('')
  await page.getByRole('button', { name: 'Save promotion' }).click()
  await expect(page.getByText('The promotion is saved.')).toBeVisible()
  await shopper.goto('/cart')
  await apply()
  await expect(shopper.getByRole('complementary', { name: 'Summary' })).toContainText('−€2.50')
  await shopper.getByText('Deliver to another country').click()
  await shopper.getByLabel('Country').selectOption('FR')
  await expect(shopper.getByRole('complementary', { name: 'Summary' })).toContainText('Delivery to France')

  await page.getByRole('button', { name: 'End it now' }).click()
  await expect(page.getByText('Ended', { exact: true })).toBeVisible()
  await shopper.goto('/cart')
  await expect(shopper.getByText('This code has ended.')).toBeVisible()
  await shopper.context().close()
})

test('staff change a delivery price; the checkout of a shopper counts with it', async ({ page }) => {
  await signIn(page, 'admin')
  await page.goto('/admin/delivery')
  const price = page
    .getByRole('region', { name: 'Germany' })
    .getByLabel(/From basket worth/)
    .nth(1)
  const before = await price.inputValue()
  const save = async (text: string) => {
    await price.fill(text)
    await page.getByRole('button', { name: 'Save' }).click()
  }
  await save('cheap')
  await expect(page.getByText('Write prices such as')).toBeVisible()
  try {
    await save('0: 11.11')
    await expect(page.getByText('New quotes and orders count with it.')).toBeVisible()
    const [slug] = await productsInStock(page, 1)
    await addToCart(page, slug ?? '')
    await page.goto('/checkout')
    await page.getByLabel('Country').selectOption('DE')
    await page.getByLabel(/Express delivery/).check()
    await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText('€11.11')
  } finally {
    await page.goto('/admin/delivery')
    await save(before)
    await expect(page.getByText('New quotes and orders count with it.')).toBeVisible()
  }
})

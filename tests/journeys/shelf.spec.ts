import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { CARDS, expectConfirmed, payWith, placeOrder, signInAs, watchErrors } from './shop.page.ts'

/** A picture such as a shopkeeper would choose: big enough to need every size the shop serves. */
const photograph = () =>
  sharp({ create: { width: 1200, height: 1500, channels: 3, background: { r: 52, g: 94, b: 78 } } })
    .jpeg()
    .toBuffer()

test('an admin creates a product with four variants and a picture, and a shopper buys it', async ({
  page: admin,
  browser,
}) => {
  const errors = watchErrors(admin)
  const title = `Fenster lamp ${Date.now().toString(36)}`
  await signInAs(admin, 'admin')
  await admin.goto('/admin/products/new')
  await admin.getByLabel('Title').fill(title)
  await admin.getByLabel('Visible in the shop').selectOption('active')
  await admin.getByLabel('Category').selectOption({ index: 1 })
  await admin.getByLabel('Name of option 1').fill('Color')
  await admin.getByLabel('Values of option 1').fill('Red, Blue')
  await admin.getByLabel('Name of option 2').fill('Size')
  await admin.getByLabel('Values of option 2').fill('Small, Large')
  await admin.getByLabel('Price of all, €').fill('39.90')
  const stock = admin.getByLabel(/^On hand of /)
  await expect(stock).toHaveCount(4)
  for (const field of await stock.all()) await field.fill('5')
  await admin.getByLabel('Price of Blue, Large').fill('44.90')
  await admin
    .locator('input[type=file]')
    .setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: await photograph() })
  await admin.getByLabel('Description of the picture').fill('A green lamp on a desk')
  await admin.getByRole('button', { name: 'Create product' }).click()
  await admin.waitForURL(/\/admin\/products\/prd_\w+\?done=created$/)
  expect(errors).toEqual([])

  const shopper = await (await browser.newContext()).newPage()
  const complaints = watchErrors(shopper)
  await shopper.goto(`/search?q=${encodeURIComponent(title)}`)
  await shopper.getByRole('link', { name: title }).first().click()
  await expect(shopper.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(shopper.getByRole('img', { name: 'A green lamp on a desk' }).first()).toBeVisible()
  await shopper.getByRole('link', { name: 'Blue' }).click()
  await shopper.getByRole('link', { name: 'Large' }).click()
  await expect(shopper).toHaveURL(/Color=Blue/)
  await expect(shopper).toHaveURL(/Size=Large/)
  await expect(shopper.getByText('€44.90').first()).toBeVisible()
  await shopper.getByRole('button', { name: 'Add to cart' }).first().click()
  await expect(shopper.getByRole('banner').getByRole('status').filter({ hasText: 'in your cart' })).toContainText('1')
  await placeOrder(shopper, 'shelf@buyers.test')
  await payWith(shopper, CARDS.success)
  await expectConfirmed(shopper)
  await expect(shopper.getByText(title).first()).toBeVisible()
  expect(complaints).toEqual([])

  await admin.reload()
  await expect(admin.getByRole('row', { name: /Blue, Large/ })).toContainText('4')
  await shopper.context().close()
})

import { expect, test } from '@playwright/test'
import { buyablePath, CARDS, expectConfirmed, payWith, placeOrder, watchErrors, withoutScript } from './shop.page.ts'
import { signIn } from './staff.page.ts'

/** A product nobody of the demo reviewed twice: the one that stands last in the list. */
async function lastProduct(page: import('@playwright/test').Page) {
  const { data } = await (await page.request.get('/api/catalog/products?inStock=true&sort=-price&limit=100')).json()
  const item = data.items.findLast((one: { variants: { available: number }[] }) =>
    one.variants.some(({ available }) => available > 3),
  )
  return { slug: String(item.slug), title: String(item.title) }
}

test('a buyer reviews what was bought, a moderator publishes it, and the product shows it as verified', async ({
  page,
  browser,
}) => {
  const errors = watchErrors(page)
  const said = `Worth every cent ${Date.now().toString(36)}`
  const { slug } = await lastProduct(page)
  await signIn(page, 'shopper')
  await page.goto(await buyablePath(page, slug))
  await page.getByRole('button', { name: 'Add to cart' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await placeOrder(page, 'shopper@vitrine.test')
  await payWith(page, CARDS.success)
  await expectConfirmed(page)

  const mine = async () => (await (await page.request.get(`/api/catalog/products/${slug}/reviews/mine`)).json()).data
  await expect.poll(async () => (await mine()).isBuyer, { timeout: 20_000 }).toBe(true)
  await page.goto(`/products/${slug}/review`)
  await page.getByLabel('Your rating').selectOption('4')
  await page.getByLabel('In a few words').fill(said)
  await page.getByLabel('What should others know?').fill('It does what it says.')
  await page.getByRole('button', { name: /my review/ }).click()
  await expect(page.getByText('Thank you. Your review is shown as soon as we have read it.')).toBeVisible()
  await expect(page.getByRole('heading', { name: said })).toHaveCount(0)

  const staff = await (await browser.newContext()).newPage()
  await signIn(staff, 'admin')
  await staff.goto('/admin/reviews')
  const item = staff.getByRole('listitem').filter({ hasText: said })
  await expect(item.getByText('Verified buyer')).toBeVisible()
  await item.getByRole('button', { name: /Publish/ }).click()
  await expect(staff.getByText('The review is in the shop and counts.')).toBeVisible()
  await staff.context().close()

  await page.goto(`/products/${slug}`)
  const review = page.getByRole('article').filter({ hasText: said })
  await expect(review.getByText('Verified buyer')).toBeVisible()
  expect(errors).toEqual([])
})

test('a guest keeps a product without a script, and finds it in the account after signing in', async ({ browser }) => {
  const context = await withoutScript(browser)
  const page = await context.newPage()
  const { slug, title } = await lastProduct(page)
  await page.goto(`/products/${slug}`)
  await page.getByRole('button', { name: 'Keep for later' }).click()
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  await signIn(page, 'shopper')
  await page.goto('/wishlist')
  await expect(page).toHaveURL(/\/account\/wishlist$/)
  await expect(page.getByRole('main').getByRole('link', { name: title })).toBeVisible()
  await page.goto('/recent')
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  await context.close()
})

test('an admin adds a category, moves it up, renames it and deletes it', async ({ page }) => {
  const name = `Shelf ${Date.now().toString(36)}`
  await signIn(page, 'admin')
  await page.goto('/admin/categories')
  const fresh = page.getByRole('region', { name: 'New category' })
  await fresh.getByLabel('Name').fill(name)
  await fresh.getByRole('button', { name: 'Add category' }).click()
  await expect(page.getByText('The category is there.')).toBeVisible()
  await page.getByRole('button', { name: new RegExp(`^Up.*${name}$`) }).click()
  await expect(page.getByText('Moved up.')).toBeVisible()
  const own = page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) })
  await own.getByText(`Change ${name}`).click()
  await own.getByLabel('Name').fill(`${name} renamed`)
  await own.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('link', { name: `${name} renamed` })).toBeVisible()
  await page.goto('/admin/categories')
  const renamed = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: `${name} renamed` }) })
  await renamed.getByText(`Change ${name} renamed`).click()
  await renamed.getByRole('button', { name: `Delete ${name} renamed` }).click()
  await expect(page.getByText('The category is deleted.')).toBeVisible()
})

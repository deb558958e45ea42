import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { addToCart, productsInStock, watchErrors } from './shop.page.ts'

const PAGES = [
  '/',
  '/products',
  '/products?q=shoe',
  '/search?q=nothing-like-this',
  '/cart',
  '/login',
  '/register',
  '/forgot',
  '/orders/lookup',
  '/testing',
  '/no-such-page',
]

async function expectSound(page: import('@playwright/test').Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze()
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`)).toEqual([])
  await page.setViewportSize({ width: 360, height: 800 })
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1280, height: 900 })
}

for (const path of PAGES) {
  test(`axe finds nothing on ${path}, and it does not scroll sideways at 360 px`, async ({ page }) => {
    const errors = watchErrors(page)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expectSound(page)
    if (path !== '/no-such-page') expect(errors).toEqual([])
  })
}

test('axe finds nothing on a product, a filled cart and the checkout', async ({ page }) => {
  const [slug] = await productsInStock(page, 1)
  await page.goto(`/products/${slug}`)
  await expectSound(page)
  await addToCart(page, slug ?? '')
  for (const path of ['/cart', '/checkout']) {
    await page.goto(path)
    await expectSound(page)
  }
})

test('facets, sort and search stand in the address and survive sharing it', async ({ page }) => {
  await page.goto('/products?sort=price&inStock=true')
  const shared = page.url()
  const names = await page.getByRole('main').getByRole('heading').allInnerTexts()
  await page.goto('/')
  await page.goto(shared)
  expect(await page.getByRole('main').getByRole('heading').allInnerTexts()).toEqual(names)
})

test('a content page ships no React to the browser', async ({ page }) => {
  const scripts: string[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.url())
  })
  await page.goto('/products')
  expect(scripts.filter((url) => /react|entry\.client/.test(url))).toEqual([])
})

import { expect, type Page, test } from '@playwright/test'
import { violationsOf } from './axe.page.ts'
import { payByApi, placeByApi } from './order.api.ts'
import { addToCart, productsInStock, signInAs, watchErrors } from './shop.page.ts'
import { addressOf, VISITS } from './visits.ts'

/** Those with an error status, whose document the browser itself reports on the console. */
const EXPECTED_ERRORS = ['/no-such-page']

async function complaintsOf(page: Page): Promise<string[]> {
  const complaints = await violationsOf(page)
  const headings = await page.getByRole('heading', { level: 1 }).count()
  if (headings !== 1) complaints.push(`${headings} main headings`)
  await page.setViewportSize({ width: 360, height: 800 })
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  if (overflow > 0) complaints.push(`scrolls ${overflow} px sideways at 360 px`)
  await page.setViewportSize({ width: 1280, height: 900 })
  return complaints
}

for (const who of ['guest', 'shopper', 'admin'] as const) {
  test(`axe finds nothing on the pages of the ${who}, none scrolls sideways at 360 px or complains on the console`, async ({
    page,
    request,
  }) => {
    test.setTimeout(240_000)
    const errors = watchErrors(page)
    if (who === 'guest') await addToCart(page, (await productsInStock(page, 1))[0] ?? '')
    else await signInAs(page, who)
    // Its page, its refund and its mail are on the way.
    if (who === 'admin') await payByApi(request, await placeByApi(request, 'walk@buyers.test'))
    for (const pattern of VISITS[who]) {
      await page.goto(await addressOf(page, pattern))
      const said = errors.splice(0)
      if (!EXPECTED_ERRORS.includes(pattern)) expect.soft(said, pattern).toEqual([])
      expect.soft(await complaintsOf(page), pattern).toEqual([])
      // A sandboxed mail refuses the checker's own script, aloud.
      errors.length = 0
    }
  })
}

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

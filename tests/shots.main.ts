import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from './chromium.ts'
import { ROOT, readState } from './mesh.process.ts'

/**
 * Screenshots of every page at both design sizes, from a running mesh (`npm start` first), into `shots/`.
 * Words given on the command line choose the pages whose path holds one of them; `--dark` shows them at night.
 */
const SIZES = [1280, 390]

/** Where a path holds `:name`, the first link of the page before it that fits is followed. */
const VISITS = {
  guest: [
    '/',
    '/products',
    '/products?q=shoe&option.color=red',
    '/categories/lighting',
    '/search?q=lamp',
    '/search?q=nothing-like-this',
    '/products/:slug',
    '/cart',
    '/checkout',
    '/checkout/:orderId',
    '/login',
    '/register',
    '/forgot',
    '/reset?token=spent',
    '/verify?token=spent',
    '/wishlist',
    '/orders/lookup',
    '/testing',
    '/api/docs',
    '/nowhere',
  ],
  shopper: [
    '/account',
    '/account/orders',
    '/account/addresses',
    '/account/profile',
    '/account/security',
    '/account/wishlist',
  ],
  admin: [
    '/admin',
    '/admin/products',
    '/admin/products/:id',
    '/admin/products/new',
    '/admin/import',
    '/admin/categories',
    '/admin/inventory',
    '/admin/inventory/:sku',
    '/admin/orders',
    '/admin/orders/:id',
    '/admin/customers',
    '/admin/customers/:id',
    '/admin/promotions',
    '/admin/reviews',
    '/admin/messages',
    '/admin/messages/:id',
    '/admin/staff',
    '/admin/audit',
    '/admin/system',
    '/admin/search?q=lamp',
  ],
} as const

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isDark = process.argv.includes('--dark')
const { edge } = await readState(process.env.VITRINE_STATE ?? join(ROOT, '.mesh'))
const out = join(ROOT, 'shots')
await mkdir(out, { recursive: true })
const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })

const nameOf = (path: string) => path.slice(1).replaceAll(/[^\w]+/g, '-') || 'home'

async function signIn(page: Page, account: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(`${account}@vitrine.test`)
  await page.getByLabel('Password', { exact: true }).fill(`vitrine-${account}-demo`)
  await page.getByRole('button', { name: /sign in/i }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

/** Places an order as a guest, so that its page has a card form to show. */
async function placeOrder(page: Page): Promise<string> {
  await page.goto('/checkout')
  await page.getByLabel('E-mail').fill('window@buyers.test')
  await page.getByLabel('Full name').fill('Mara Test')
  await page.getByLabel('Street and number').fill('Sample Street 1')
  await page.getByLabel('Postcode').fill('10115')
  await page.getByLabel('Town').fill('Berlin')
  await page
    .getByRole('button', { name: /continue to payment|place order/i })
    .first()
    .click()
  await page.waitForURL(/\/checkout\/ord_/)
  return new URL(page.url()).pathname
}

async function fillCart(page: Page, slug: string): Promise<void> {
  await page.goto(`/products/${slug}`)
  await page.getByRole('button', { name: 'Add to cart' }).first().click()
  await page.getByRole('banner').getByRole('status').filter({ hasText: 'in your cart' }).waitFor()
}

/** The address that a pattern such as `/admin/orders/:id` stands for, found on the list above it. */
async function resolve(page: Page, pattern: string): Promise<string> {
  if (!pattern.includes(':')) return pattern
  if (pattern === '/checkout/:orderId') return placeOrder(page)
  const parent = pattern.slice(0, pattern.lastIndexOf('/'))
  await page.goto(parent)
  const links = await page
    .locator(`main a[href^="${parent}/"]`)
    .evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''))
  return links.find((href) => !href.endsWith('/new') && !href.includes('?')) ?? parent
}

/** Pictures and shelves further down load as one gets there. */
async function showAll(page: Page): Promise<void> {
  for (let top = 0; top < (await page.evaluate(() => document.body.scrollHeight)); top += 700) {
    await page.evaluate((y) => scrollTo(0, y), top)
    await page.waitForLoadState('networkidle')
  }
  await page.evaluate(() => scrollTo(0, 0))
}

async function visit(context: BrowserContext, width: number, paths: readonly string[]): Promise<void> {
  const page = await context.newPage()
  for (const pattern of paths) {
    if (words.length > 0 && !words.some((word) => pattern.includes(word))) continue
    const path = await resolve(page, pattern)
    await page.goto(path, { waitUntil: 'load' })
    await showAll(page)
    await page.screenshot({
      path: join(out, `${nameOf(pattern)}-${width}${isDark ? '-dark' : ''}.png`),
      fullPage: true,
    })
    console.log(`${path} at ${width}`)
  }
  await page.close()
}

for (const width of SIZES) {
  for (const [who, paths] of Object.entries(VISITS)) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      baseURL: edge,
      colorScheme: isDark ? 'dark' : 'light',
    })
    const page = await context.newPage()
    if (who === 'guest') {
      const { data } = await (await page.request.get('/api/catalog/products?limit=1&inStock=true')).json()
      await fillCart(page, data.items[0].slug)
    } else await signIn(page, who)
    await page.close()
    await visit(context, width, paths)
    await context.close()
  }
}
await browser.close()

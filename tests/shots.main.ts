import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from './chromium.ts'
import { ROOT, readState } from './mesh.process.ts'

/** Screenshots of every page at both design sizes, from a running mesh (`npm start` first), into `shots/`. */
const SIZES = [1280, 390]
const PUBLIC = [
  '/',
  '/products',
  '/search?q=lamp',
  '/cart',
  '/checkout',
  '/login',
  '/register',
  '/forgot',
  '/orders/lookup',
  '/testing',
  '/nowhere',
]
const ACCOUNT = ['/account', '/account/orders', '/account/addresses', '/account/profile', '/account/security']
const ADMIN = [
  '/admin',
  '/admin/products',
  '/admin/products/new',
  '/admin/orders',
  '/admin/inventory',
  '/admin/messages',
  '/admin/customers',
  '/admin/staff',
]

const { edge } = await readState(process.env.VITRINE_STATE ?? join(ROOT, '.mesh'))
const out = join(ROOT, 'shots')
await mkdir(out, { recursive: true })
const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
const nameOf = (path: string) => path.slice(1).replaceAll(/[^\w]+/g, '-') || 'home'

for (const width of SIZES) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: edge })
  const page = await context.newPage()
  const shoot = async (path: string) => {
    await page.goto(path, { waitUntil: 'load' })
    await page.screenshot({ path: join(out, `${nameOf(path)}-${width}.png`), fullPage: true })
    console.log(`${path} at ${width}`)
  }
  const { data } = await (await context.request.get('/api/catalog/products?limit=1&inStock=true')).json()
  await page.goto(`/products/${data.items[0].slug}`)
  await page.getByRole('button', { name: 'Add to cart' }).first().click()
  for (const path of [...PUBLIC, `/products/${data.items[0].slug}`]) await shoot(path)
  for (const [account, paths] of [
    ['shopper', ACCOUNT],
    ['admin', ADMIN],
  ] as const) {
    await context.clearCookies()
    await page.goto('/login')
    await page.getByLabel('E-mail').fill(`${account}@vitrine.test`)
    await page.getByLabel('Password', { exact: true }).fill(`vitrine-${account}-demo`)
    await page.getByRole('button', { name: /sign in/i }).click()
    await page.waitForLoadState('load')
    for (const path of paths) await shoot(path)
  }
  await context.close()
}
await browser.close()

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './chromium.ts'
import { addToCart, productsInStock, signInAs } from './journeys/shop.page.ts'
import { addressOf, VISITS } from './journeys/visits.ts'
import { ROOT, readState } from './mesh.process.ts'

/**
 * Screenshots of every page at both design sizes, from a running mesh (`npm start` first), into `shots/`.
 * Words on the command line choose the pages whose path holds one of them; `--dark` shows them at night.
 */
const SIZES = [1280, 390]
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isDark = process.argv.includes('--dark')
const { edge } = await readState(process.env.VITRINE_STATE || join(ROOT, '.mesh'))
const out = join(ROOT, 'shots')
await mkdir(out, { recursive: true })
const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })

const isWanted = (path: string) => words.length === 0 || words.some((word) => path.includes(word))

function fileOf(path: string, width: number): string {
  const name = path.slice(1).replaceAll(/[^\w]+/g, '-') || 'home'
  return join(out, `${name}-${width}${isDark ? '-dark' : ''}.png`)
}

/** Pictures and shelves further down load as one gets there. */
async function showAll(page: Page): Promise<void> {
  for (let top = 0; top < (await page.evaluate(() => document.body.scrollHeight)); top += 700) {
    await page.evaluate((y) => scrollTo(0, y), top)
    await page.waitForLoadState('networkidle')
  }
  await page.evaluate(() => scrollTo(0, 0))
}

async function shoot(page: Page, pattern: string, width: number): Promise<void> {
  const path = await addressOf(page, pattern)
  await page.goto(path, { waitUntil: 'load' })
  await showAll(page)
  await page.screenshot({ path: fileOf(pattern, width), fullPage: true })
  console.log(`${path} at ${width}`)
}

async function prepare(page: Page, who: keyof typeof VISITS): Promise<void> {
  if (who !== 'guest') return signInAs(page, who)
  const [slug = ''] = await productsInStock(page, 1)
  await addToCart(page, slug)
}

for (const width of SIZES) {
  for (const who of ['guest', 'shopper', 'admin'] as const) {
    const paths = VISITS[who].filter(isWanted)
    if (paths.length === 0) continue
    const viewport = { width, height: 900 }
    const context = await browser.newContext({ viewport, baseURL: edge, colorScheme: isDark ? 'dark' : 'light' })
    const page = await context.newPage()
    await prepare(page, who)
    for (const path of paths) await shoot(page, path, width)
    await context.close()
  }
}
await browser.close()

import type { Page } from '@playwright/test'
import { placeOrder } from './shop.page.ts'

/**
 * Every page of the shop and the dashboard, by who sees it. Where a path holds `:name`, the first link of the list
 * above it is followed; `/checkout/:orderId` is an order placed for the visit, with a card form to show.
 */
export const VISITS = {
  guest: [
    '/',
    '/products',
    '/products?q=shoe&option.color=red',
    '/categories/listen',
    '/search?q=lamp',
    '/search?q=xyzzy',
    '/products/:slug',
    '/recent',
    '/cart',
    '/checkout',
    '/checkout/:orderId',
    '/login',
    '/register',
    '/forgot',
    '/reset?token=spent',
    '/verify?token=spent',
    '/orders/lookup',
    '/help',
    '/testing',
    '/testing/x-ray/:id',
    '/no-such-page',
  ],
  shopper: [
    '/account',
    '/account/orders',
    '/account/addresses',
    '/account/profile',
    '/account/security',
    '/account/wishlist',
    '/products/:slug/review',
  ],
  admin: [
    '/admin',
    '/admin/products',
    '/admin/products/new',
    '/admin/products/:id',
    '/admin/import',
    '/admin/categories',
    '/admin/inventory',
    '/admin/inventory/:sku',
    '/admin/orders',
    '/admin/orders/ship',
    '/admin/orders/:id',
    '/admin/orders/:id/x-ray',
    '/admin/orders/:id/packing-slip',
    '/admin/orders/:id/invoice',
    '/admin/orders/:id/refund',
    '/admin/reconciliation',
    '/admin/customers',
    '/admin/customers/:id',
    '/admin/promotions',
    '/admin/promotions/new',
    '/admin/promotions/:id',
    '/admin/delivery',
    '/admin/reviews',
    '/admin/messages',
    '/admin/messages/:id',
    '/admin/staff',
    '/admin/audit',
    '/admin/system',
    '/admin/search?q=lamp',
  ],
} as const satisfies Record<string, readonly string[]>

/** Lists that are elsewhere, or whose first entry has no such page: what nobody paid for has nothing to refund. */
const LISTS: Record<string, string> = {
  '/admin/orders': '/admin/orders?status=confirmed',
  '/testing/x-ray': '/testing',
}

/** The address a pattern of `VISITS` stands for. */
export async function addressOf(page: Page, pattern: string): Promise<string> {
  if (!pattern.includes(':')) return pattern
  if (pattern === '/checkout/:orderId') {
    await placeOrder(page, 'window@buyers.test')
    return new URL(page.url()).pathname
  }
  const [list = '', rest = ''] = pattern.split(/\/:\w+/)
  await page.goto(LISTS[list] ?? list)
  const links = page.getByRole('main').locator(`a[href^="${list}/"]:not([href$="/new"], [href*="?"])`)
  // A list that is still empty has no page of an entry to visit.
  return (await links.count()) === 0 ? list : ((await links.first().getAttribute('href')) ?? list) + rest
}

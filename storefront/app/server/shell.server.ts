import type { ShellData } from '#app/features/shell/header.tsx'
import { hasSession } from '#app/server/auth.server.ts'
import { readCartCount } from '#app/server/cart-cookies.server.ts'
import type { PageNotes } from '#app/server/page-notes.ts'
import { findPaymentConfig, listCategories } from '#app/server/shop.server.ts'

/** What stands around every page. Remembered values and cookies only: it costs no call of its own. */
export async function loadShell(request: Request, notes: PageNotes): Promise<ShellData> {
  const [categories, payment] = await Promise.all([listCategories(request), findPaymentConfig(request)])
  if (categories.length === 0 || payment === null) notes.isWhole = false
  return {
    categories: categories.map(({ slug, title }) => ({ slug, title })),
    productCount: categories.reduce((sum, category) => sum + category.productCount, 0),
    cartCount: readCartCount(request),
    isSignedIn: hasSession(request),
    isSandbox: payment?.mode === 'sandbox',
  }
}

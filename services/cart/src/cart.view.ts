import type { CartLine, CartNotice, CartPromotion, CartView } from '@vitrine/contracts/cart'
import type { Currency, Money } from '@vitrine/contracts/money'
import type { PromotionOutcome } from '@vitrine/contracts/promotions'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import type { StoredCart, StoredLine } from './cart.ts'

const DEFAULT_CURRENCY: Currency = 'EUR'

function noticesOf(line: StoredLine, variant: SellableVariant | undefined): CartNotice[] {
  const { sku } = line
  if (!variant?.isSellable) return [{ code: 'gone', sku, message: `${line.title} is no longer sold.` }]
  const notices: CartNotice[] = []
  if (variant.price.amount !== line.seenPrice.amount || variant.price.currency !== line.seenPrice.currency) {
    const message = `The price of ${line.title} has changed since you added it.`
    notices.push({ code: 'price_changed', sku, message, previousPrice: line.seenPrice })
  }
  const { available } = variant
  if (available === 0) notices.push({ code: 'out_of_stock', sku, available, message: `${line.title} is sold out.` })
  else if (available < line.quantity)
    notices.push({ code: 'capped', sku, available, message: `Only ${available} of ${line.title} are left.` })
  return notices
}

function toLine(line: StoredLine, variant: SellableVariant | undefined): CartLine {
  const isSellable = variant?.isSellable ?? false
  const unitPrice = variant?.price ?? line.seenPrice
  return {
    sku: line.sku,
    quantity: line.quantity,
    product: {
      id: variant?.productId ?? line.productId,
      slug: variant?.slug ?? line.slug,
      title: variant?.title ?? line.title,
      options: variant?.options ?? {},
      picture: variant?.picture ?? null,
      isSellable,
    },
    unitPrice,
    lineTotal: { amount: isSellable ? unitPrice.amount * line.quantity : 0, currency: unitPrice.currency },
    available: isSellable ? (variant?.available ?? 0) : 0,
    notices: noticesOf(line, variant),
  }
}

/** The promotion of a view: what it is worth, or why it is worth nothing. */
export type ViewPromotion = PromotionOutcome | null

/** The cart as the shopper sees it, with today's prices and stock. A guest without a cart has no id. */
export function toView(
  cart: StoredCart,
  id: string | null,
  variants: Map<string, SellableVariant>,
  outcome: ViewPromotion,
  news: CartNotice[] = [],
): CartView {
  const lines = cart.lines.map((line) => toLine(line, variants.get(line.sku)))
  const currency = lines[0]?.unitPrice.currency ?? DEFAULT_CURRENCY
  const money = (amount: number): Money => ({ amount, currency })
  const subtotal = lines.reduce((sum, line) => sum + line.lineTotal.amount, 0)
  const promotion: CartPromotion | undefined = outcome?.isValid ? outcome.promotion : undefined
  const discount = promotion?.discount.amount ?? 0
  const refused: CartNotice[] =
    outcome && !outcome.isValid ? [{ code: 'promotion_invalid', message: outcome.reason }] : []
  return {
    id,
    version: cart.version,
    lines,
    itemCount: lines.reduce((count, line) => count + line.quantity, 0),
    subtotal: money(subtotal),
    discount: money(discount),
    ...(promotion ? { promotion } : {}),
    total: money(subtotal - discount),
    notices: [...news, ...refused, ...lines.flatMap((line) => line.notices)],
  }
}

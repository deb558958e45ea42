import { type CartNotice, MAX_LINE_QUANTITY } from '@vitrine/contracts/cart'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import { conflict, notFound } from '@vitrine/kernel/errors'
import type { StoredCart, StoredLine } from './cart.ts'

/** A decision about a cart: what it becomes, and what the shopper should be told. */
export interface CartChange {
  cart: StoredCart
  notices: CartNotice[]
}

const changed = (cart: StoredCart, lines: StoredLine[]): StoredCart => ({ ...cart, lines, version: cart.version + 1 })

const toLine = (variant: SellableVariant, quantity: number): StoredLine => ({
  sku: variant.sku,
  quantity,
  seenPrice: variant.price,
  productId: variant.productId,
  slug: variant.slug,
  title: variant.title,
})

function requireAvailable(variant: SellableVariant, quantity: number, inCart: number): void {
  if (quantity <= variant.available) return
  const { sku, available } = variant
  const message = available === 0 ? 'This is sold out.' : `Only ${available} of this are left.`
  throw conflict('out_of_stock', message, { sku, available, inCart })
}

const cappedNotice = (sku: string, title: string, quantity: number): CartNotice => ({
  code: 'capped',
  sku,
  available: quantity,
  message: `${title}: ${quantity} is the most you can order.`,
})

/** Replaces or appends the line of a variant; others keep their place. */
function withLine(cart: StoredCart, line: StoredLine): StoredLine[] {
  const isThere = cart.lines.some(({ sku }) => sku === line.sku)
  return isThere ? cart.lines.map((other) => (other.sku === line.sku ? line : other)) : [...cart.lines, line]
}

/** Adds to what is there, up to 99 a line; more than the stock is refused. */
export function addLine(cart: StoredCart, variant: SellableVariant | undefined, quantity: number): CartChange {
  if (!variant?.isSellable) throw notFound('product')
  const inCart = cart.lines.find(({ sku }) => sku === variant.sku)?.quantity ?? 0
  const wanted = Math.min(inCart + quantity, MAX_LINE_QUANTITY)
  requireAvailable(variant, wanted, inCart)
  const isCapped = wanted < inCart + quantity
  return {
    cart: changed(cart, withLine(cart, toLine(variant, wanted))),
    notices: isCapped ? [cappedNotice(variant.sku, variant.title, wanted)] : [],
  }
}

export function removeLine(cart: StoredCart, sku: string): CartChange {
  if (!cart.lines.some((line) => line.sku === sku)) throw notFound('line')
  const lines = cart.lines.filter((line) => line.sku !== sku)
  return { cart: changed(cart, lines), notices: [] }
}

/** Sets a quantity; 0 removes the line. */
export function setQuantity(
  cart: StoredCart,
  sku: string,
  variant: SellableVariant | undefined,
  quantity: number,
): CartChange {
  const line = cart.lines.find((candidate) => candidate.sku === sku)
  if (!line) throw notFound('line')
  if (quantity === 0) return removeLine(cart, sku)
  if (!variant?.isSellable) throw conflict('out_of_stock', 'This is no longer sold.', { sku, available: 0 })
  requireAvailable(variant, quantity, line.quantity)
  return { cart: changed(cart, withLine(cart, toLine(variant, quantity))), notices: [] }
}

export const clear = (cart: StoredCart): CartChange => ({
  cart: { ...changed(cart, []), promotionCode: null },
  notices: [],
})

export const setPromotion = (cart: StoredCart, promotionCode: string | null): CartChange => ({
  cart: { ...cart, promotionCode, version: cart.version + 1 },
  notices: [],
})

/** Puts a guest's lines into a person's cart: quantities add up, capped to what there is. */
export function merge(own: StoredCart, guest: StoredCart, variants: Map<string, SellableVariant>): CartChange {
  const notices: CartNotice[] = []
  let lines = own.lines
  for (const line of guest.lines) {
    const variant = variants.get(line.sku)
    if (!variant?.isSellable) {
      notices.push({ code: 'gone', sku: line.sku, message: `${line.title} is no longer sold.` })
      continue
    }
    const inCart = lines.find(({ sku }) => sku === line.sku)?.quantity ?? 0
    const most = Math.min(MAX_LINE_QUANTITY, Math.max(variant.available, inCart))
    const quantity = Math.min(inCart + line.quantity, most)
    if (quantity < inCart + line.quantity) notices.push(cappedNotice(line.sku, line.title, quantity))
    else notices.push({ code: 'merged', sku: line.sku, message: `${line.title} was added from your earlier basket.` })
    if (quantity > 0) lines = withLine({ ...own, lines }, { ...line, quantity })
  }
  const promotionCode = own.promotionCode ?? guest.promotionCode
  return { cart: { ...changed(own, lines), promotionCode }, notices }
}

/** Takes out what was bought. A cart edited since then keeps the rest. */
export function removeBought(
  cart: StoredCart,
  bought: { sku: string; quantity: number }[],
  boughtVersion: number,
): StoredCart {
  if (cart.version === boughtVersion) return clear(cart).cart
  const quantities = new Map(bought.map(({ sku, quantity }) => [sku, quantity]))
  const lines = cart.lines
    .map((line) => ({ ...line, quantity: line.quantity - (quantities.get(line.sku) ?? 0) }))
    .filter((line) => line.quantity > 0)
  return changed(cart, lines)
}

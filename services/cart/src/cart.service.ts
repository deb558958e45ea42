import type { CartLineInput, CartNotice, CartSnapshot, CartView } from '@vitrine/contracts/cart'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import { AppError, conflict, notFound } from '@vitrine/kernel/errors'
import type { CartRepository } from './cart.repository.ts'
import * as rules from './cart.rules.ts'
import { emptyCart, type StoredCart } from './cart.ts'
import { toView, type ViewPromotion } from './cart.view.ts'
import type { Neighbours } from './neighbours.ts'
import { isGuestId, issueGuest, type Owner } from './owner.ts'

export interface CartServiceDeps {
  carts: CartRepository
  neighbours: Neighbours
}

type Variants = Map<string, SellableVariant>

const skusOf = (cart: StoredCart | null) => (cart?.lines ?? []).map((line) => line.sku)

export function createCartService({ carts, neighbours }: CartServiceDeps) {
  /** A person's cart exists as soon as it is asked for; a guest's must have been issued. */
  function existing(cart: StoredCart | null, owner: Owner): StoredCart {
    if (cart) return cart
    if (owner.isGuest) throw notFound('cart')
    return emptyCart(owner.id)
  }

  const load = async (owner: Owner) => existing(await carts.find(owner.id), owner)

  function evaluate(code: string, cart: StoredCart, variants: Variants, requestId: string) {
    const lines = cart.lines.flatMap(({ sku, quantity }) => {
      const variant = variants.get(sku)
      if (!variant?.isSellable) return []
      const { productId, categories, price: unitPrice } = variant
      return [{ sku, quantity, productId, categories, unitPrice }]
    })
    const owner = isGuestId(cart.id) ? {} : { customerId: cart.id }
    return lines.length > 0 ? neighbours.evaluate({ code, lines, cartId: cart.id, ...owner }, requestId) : null
  }

  async function promotionOf(cart: StoredCart, variants: Variants, requestId: string): Promise<ViewPromotion> {
    if (!cart.promotionCode) return null
    try {
      return await evaluate(cart.promotionCode, cart, variants, requestId)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error
      return { isValid: false, reason: 'The code cannot be checked right now.' }
    }
  }

  async function view(cart: StoredCart, requestId: string, known?: Variants, news?: CartNotice[]): Promise<CartView> {
    const isKnown = known && cart.lines.every(({ sku }) => known.has(sku))
    const variants = isKnown ? known : await neighbours.variants(skusOf(cart), requestId)
    return toView(cart, cart.id, variants, await promotionOf(cart, variants, requestId), news)
  }

  /** Decides on the cart as it is stored at that moment, then shows it. */
  async function change(
    owner: Owner,
    requestId: string,
    decide: (cart: StoredCart) => rules.CartChange,
    known?: Variants,
  ): Promise<CartView> {
    const { cart, notices } = await carts.update(owner.id, (stored) => {
      const result = decide(existing(stored, owner))
      return { cart: result.cart, result }
    })
    return view(cart, requestId, known, notices)
  }

  return {
    async show(owner: Owner | null, requestId: string): Promise<CartView> {
      if (!owner) return toView(emptyCart(''), null, new Map(), null)
      return view(await load(owner), requestId)
    },

    /** A guest without a cart gets one with the first line. */
    async add(given: Owner | null, { sku, quantity }: CartLineInput, requestId: string): Promise<CartView> {
      const current = given ? await load(given) : null
      const variants = await neighbours.variants([...new Set([...skusOf(current), sku])], requestId)
      const owner = given ?? issueGuest()
      const add = (cart: StoredCart) => rules.addLine(cart, variants.get(sku), quantity)
      if (given) return change(owner, requestId, add, variants)
      const { cart, notices } = add(emptyCart(owner.id))
      await carts.update(owner.id, () => ({ cart, result: null }))
      return view(cart, requestId, variants, notices)
    },

    async setQuantity(owner: Owner, sku: string, quantity: number, requestId: string): Promise<CartView> {
      const variants = await neighbours.variants(skusOf(await load(owner)), requestId)
      return change(owner, requestId, (cart) => rules.setQuantity(cart, sku, variants.get(sku), quantity), variants)
    },

    removeLine: (owner: Owner, sku: string, requestId: string) =>
      change(owner, requestId, (cart) => rules.removeLine(cart, sku)),

    clear: (owner: Owner, requestId: string) => change(owner, requestId, rules.clear),

    async setPromotion(owner: Owner, code: string, requestId: string): Promise<CartView> {
      const cart = await load(owner)
      const variants = await neighbours.variants(skusOf(cart), requestId)
      const outcome = (await evaluate(code, cart, variants, requestId)) ?? {
        isValid: false as const,
        reason: 'Put something into the basket first.',
      }
      if (!outcome.isValid) throw conflict('promotion_invalid', outcome.reason, { reason: outcome.reason })
      return change(owner, requestId, (stored) => rules.setPromotion(stored, code), variants)
    },

    removePromotion: (owner: Owner, requestId: string) =>
      change(owner, requestId, (cart) => rules.setPromotion(cart, null)),

    /** Moves a guest's lines into a person's cart. The guest cart ends with it, so a repeat changes nothing. */
    async merge(userId: string, guestId: string | null, requestId: string): Promise<CartView> {
      const owner = { id: userId, isGuest: false }
      const guest = guestId && isGuestId(guestId) ? await carts.find(guestId) : null
      if (!guest) return view(await load(owner), requestId)
      const own = await load(owner)
      const variants = await neighbours.variants([...new Set([...skusOf(own), ...skusOf(guest)])], requestId)
      const { cart, notices } = await carts.absorb(owner.id, guest.id, (mine, theirs) => {
        const current = existing(mine, owner)
        if (!theirs) return { cart: null, result: { cart: current, notices: [] } }
        const result = rules.merge(current, theirs, variants)
        return { cart: result.cart, result }
      })
      return view(cart, requestId, variants, notices)
    },

    /** What checkout freezes. */
    async snapshot(id: string): Promise<CartSnapshot> {
      const { version, lines, promotionCode } = await load({ id, isGuest: isGuestId(id) })
      return {
        id,
        version,
        lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
        ...(promotionCode ? { promotionCode } : {}),
      }
    },

    async removeBought(
      bought: { cartId: string; cartVersion: number; lines: { sku: string; quantity: number }[] },
      eventId: string,
    ): Promise<void> {
      await carts.updateOnce(bought.cartId, eventId, (cart) =>
        rules.removeBought(cart, bought.lines, bought.cartVersion),
      )
    },
  }
}

export type CartService = ReturnType<typeof createCartService>

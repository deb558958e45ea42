import type { CartLineInput, CartNotice, CartSnapshot, CartView } from '@vitrine/contracts/cart'
import type { CartHold } from '@vitrine/contracts/reservations'
import { AppError, conflict, notFound } from '@vitrine/kernel/errors'
import type { CartRepository } from './cart.repository.ts'
import * as rules from './cart.rules.ts'
import { emptyCart, type StoredCart } from './cart.ts'
import { toView, type ViewPromotion } from './cart.view.ts'
import type { CartHolds } from './hold.ts'
import type { Neighbours, Shelf } from './neighbours.ts'
import { isGuestId, issueGuest, type Owner } from './owner.ts'

export interface CartServiceDeps {
  carts: CartRepository
  neighbours: Neighbours
  /** Null in shops that hold stock at checkout only. */
  holds?: CartHolds | null
}

type Variants = Shelf['variants']

interface ChangeContext {
  shelf?: Shelf
  /** The line that must be had whole, when carts hold stock. */
  strictSku?: string
}

const skusOf = (cart: StoredCart | null) => (cart?.lines ?? []).map((line) => line.sku)

export function createCartService({ carts, neighbours, holds = null }: CartServiceDeps) {
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

  async function view(cart: StoredCart, requestId: string, known?: Shelf, news?: CartNotice[]): Promise<CartView> {
    const isKnown = known && cart.lines.every(({ sku }) => known.variants.has(sku))
    const { variants, heldUntil } = isKnown ? known : await neighbours.variants(skusOf(cart), requestId, cart.id)
    const shown = toView(cart, cart.id, variants, await promotionOf(cart, variants, requestId), news)
    return heldUntil === null ? shown : { ...shown, heldUntil }
  }

  /** Saves what `decide` makes of the cart. Where carts hold stock, the catalog is asked before and told after. */
  async function saveHeld(
    requestId: string,
    before: StoredCart,
    decide: (cart: StoredCart) => rules.CartChange,
    save: () => Promise<rules.CartChange>,
    strictSku?: string,
  ): Promise<rules.CartChange & { hold: CartHold | null }> {
    const planned = holds && strictSku ? decide(before).cart : null
    const asked = holds && planned && strictSku ? await holds.ask(planned, strictSku, requestId) : null
    const saved = await save()
    const isAsPlanned = planned?.version === saved.cart.version
    return { ...saved, hold: holds && !isAsPlanned ? await holds.follow(saved.cart, requestId) : asked }
  }

  const heldShelf = (shelf: Shelf | undefined, hold: CartHold | null): Shelf | undefined =>
    shelf && { ...shelf, heldUntil: hold?.expiresAt ?? null }

  /** Decides on the cart as it is stored at that moment, then shows it. */
  async function change(
    owner: Owner,
    requestId: string,
    decide: (cart: StoredCart) => rules.CartChange,
    { shelf, strictSku }: ChangeContext = {},
  ): Promise<CartView> {
    const save = () =>
      carts.update(owner.id, (stored) => {
        const result = decide(existing(stored, owner))
        return { cart: result.cart, result }
      })
    const before = holds ? await load(owner) : emptyCart(owner.id)
    const { cart, notices, hold } = await saveHeld(requestId, before, decide, save, strictSku)
    return view(cart, requestId, heldShelf(shelf, hold), notices)
  }

  return {
    async show(owner: Owner | null, requestId: string): Promise<CartView> {
      if (!owner) return toView(emptyCart(''), null, new Map(), null)
      return view(await load(owner), requestId)
    },

    /** A guest without a cart gets one with the first line. */
    async add(given: Owner | null, { sku, quantity }: CartLineInput, requestId: string): Promise<CartView> {
      const current = given ? await load(given) : null
      const shelf = await neighbours.variants(
        [...new Set([...skusOf(current), sku])],
        requestId,
        ...(current ? [current.id] : []),
      )
      const owner = given ?? issueGuest()
      const add = (cart: StoredCart) => rules.addLine(cart, shelf.variants.get(sku), quantity)
      if (given) return change(owner, requestId, add, { shelf, strictSku: sku })
      const first = add(emptyCart(owner.id))
      const save = async () => {
        await carts.update(owner.id, () => ({ cart: first.cart, result: null }))
        return first
      }
      const { cart, notices, hold } = await saveHeld(requestId, emptyCart(owner.id), () => first, save, sku)
      return view(cart, requestId, heldShelf(shelf, hold), notices)
    },

    async setQuantity(owner: Owner, sku: string, quantity: number, requestId: string): Promise<CartView> {
      const current = await load(owner)
      const shelf = await neighbours.variants(skusOf(current), requestId, current.id)
      const set = (cart: StoredCart) => rules.setQuantity(cart, sku, shelf.variants.get(sku), quantity)
      return change(owner, requestId, set, { shelf, strictSku: sku })
    },

    removeLine: (owner: Owner, sku: string, requestId: string) =>
      change(owner, requestId, (cart) => rules.removeLine(cart, sku)),

    clear: (owner: Owner, requestId: string) => change(owner, requestId, rules.clear),

    async setPromotion(owner: Owner, code: string, requestId: string): Promise<CartView> {
      const cart = await load(owner)
      const shelf = await neighbours.variants(skusOf(cart), requestId, cart.id)
      const outcome = (await evaluate(code, cart, shelf.variants, requestId)) ?? {
        isValid: false as const,
        reason: 'Put something into the basket first.',
      }
      if (!outcome.isValid) throw conflict('promotion_invalid', outcome.reason, { reason: outcome.reason })
      return change(owner, requestId, (stored) => rules.setPromotion(stored, code), { shelf })
    },

    removePromotion: (owner: Owner, requestId: string) =>
      change(owner, requestId, (cart) => rules.setPromotion(cart, null)),

    /** Moves a guest's lines into a person's cart. The guest cart ends with it, so a repeat changes nothing. */
    async merge(userId: string, guestId: string | null, requestId: string): Promise<CartView> {
      const owner = { id: userId, isGuest: false }
      const guest = guestId && isGuestId(guestId) ? await carts.find(guestId) : null
      if (!guest) return view(await load(owner), requestId)
      const own = await load(owner)
      const skus = [...new Set([...skusOf(own), ...skusOf(guest)])]
      const shelf = await neighbours.variants(skus, requestId, own.id, guest.id)
      const { cart, notices } = await carts.absorb(owner.id, guest.id, (mine, theirs) => {
        const current = existing(mine, owner)
        if (!theirs) return { cart: null, result: { cart: current, notices: [] } }
        const result = rules.merge(current, theirs, shelf.variants)
        return { cart: result.cart, result }
      })
      const hold = await holds?.follow(cart, requestId, guest.id)
      return view(cart, requestId, heldShelf(shelf, hold ?? null), notices)
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

    /** The cart of an account as it is stored, for the one who asks what the shop keeps. */
    async listOf(userId: string): Promise<Pick<StoredCart, 'lines' | 'promotionCode'>[]> {
      const cart = await carts.find(userId)
      return cart ? [{ lines: cart.lines, promotionCode: cart.promotionCode }] : []
    },

    async removeBought(
      bought: { cartId: string; cartVersion: number; lines: { sku: string; quantity: number }[] },
      eventId: string,
    ): Promise<void> {
      await carts.updateOnce(bought.cartId, eventId, (cart) =>
        rules.removeBought(cart, bought.lines, bought.cartVersion),
      )
    },

    /** The account is gone, and its cart with it; what that held is free again. Safe to repeat. */
    async forget(userId: string, requestId: string): Promise<void> {
      const cart = await carts.remove(userId)
      if (cart) await holds?.follow(rules.clear(cart).cart, requestId)
    },
  }
}

export type CartService = ReturnType<typeof createCartService>

import { Notice } from '#app/ui/notice.tsx'

/** What was just taken out of the cart. `isKept`: it went to the wishlist. */
export interface Taken {
  sku: string
  title: string
  quantity: number
  isKept: boolean
}

/** Says what was taken out, with the way back as a form that works without a script. */
export function TakenNotice({ taken, view }: { taken: Taken; view: 'page' | 'drawer' }) {
  return (
    <Notice tone="info" role={view === 'drawer' ? 'status' : undefined}>
      <form className="row" method="post" action="/cart/add" data-add-to-cart={view === 'drawer' || undefined}>
        <input type="hidden" name="sku" value={taken.sku} />
        <input type="hidden" name="quantity" value={taken.quantity} />
        <span>
          {taken.title}{' '}
          {taken.isKept ? (
            <>
              is on your <a href="/wishlist">wishlist</a>
            </>
          ) : (
            'removed'
          )}
        </span>
        <button className="link" type="submit">
          Undo<span className="sr">: put {taken.title} back into the cart</span>
        </button>
      </form>
    </Notice>
  )
}

import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

export function EmptyCart({ isSignedIn }: { isSignedIn: boolean }) {
  return (
    <div className="box empty">
      <Icon name="bag" />
      <h2>Nothing in here yet</h2>
      <p>{isSignedIn ? 'Your cart is empty.' : 'Had something in it before? Sign in to see your saved cart.'}</p>
      <p className="row">
        <a className={buttonClass({ tone: 'primary' })} href="/products">
          See all products
        </a>
        {!isSignedIn && (
          <a className={buttonClass()} href="/login?to=/cart">
            Sign in
          </a>
        )}
      </p>
    </div>
  )
}

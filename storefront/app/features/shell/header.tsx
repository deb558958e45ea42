import type { Category } from '@vitrine/contracts/categories'
import { Icon } from '#app/ui/icon.tsx'
import { Logo } from '#app/ui/logo.tsx'

export interface ShellData {
  categories: Pick<Category, 'slug' | 'title'>[]
  productCount: number
  cartCount: number
  isSignedIn: boolean
  isSandbox: boolean
}

interface SearchFormProps {
  id: string
  label: string
  placeholder: string
  query?: string
}

export function SearchForm({ id, label, placeholder, query = '' }: SearchFormProps) {
  return (
    <form className="search" role="search" aria-label={label} action="/search" data-suggest>
      <label className="sr" htmlFor={id}>
        Search the shop
      </label>
      <input
        className="input"
        id={id}
        name="q"
        type="search"
        placeholder={placeholder}
        defaultValue={query}
        autoComplete="off"
      />
      <button type="submit">
        <span className="sr">Search</span>
        <Icon name="search" />
      </button>
    </form>
  )
}

/** The number in the header. The region is always in the page, so that a change is announced. */
function CartCount({ count }: { count: number }) {
  return (
    <span className={count > 0 ? 'badge badge--lamp' : 'sr'} role="status" data-cart-count>
      {count > 0 ? count : 'Your cart is empty'}
      {count > 0 && <span className="sr"> items in your cart</span>}
    </span>
  )
}

function Tools({ shell }: { shell: ShellData }) {
  return (
    <div className="head__tools">
      <a href={shell.isSignedIn ? '/account' : '/login'}>
        <Icon name="person" />
        <span className="word">{shell.isSignedIn ? 'Account' : 'Sign in'}</span>
      </a>
      <a href="/wishlist">
        <Icon name="heart" />
        <span className="word">Wishlist</span>
      </a>
      <a href="/cart">
        <Icon name="bag" />
        <span className="word">Cart</span> <CartCount count={shell.cartCount} />
      </a>
    </div>
  )
}

/** Announcement, search, tools and the categories: the top of every page of the shop. */
export function ShopHeader({ shell, path, query }: { shell: ShellData; path: string; query: string }) {
  const links = [
    { to: '/products', title: 'All products' },
    ...shell.categories.map((category) => ({ to: `/categories/${category.slug}`, title: category.title })),
  ]
  const placeholder = shell.productCount > 0 ? `Search ${shell.productCount} products` : 'Search the shop'
  return (
    <>
      <aside className="announce" aria-label="Delivery and returns">
        <p>
          Delivered in 3 to 5 working days.<span className="more-words"> Send anything back within 30 days.</span>
        </p>
      </aside>
      <header className="head">
        <div className="wrap head__bar">
          <Logo />
          <SearchForm id="q" label="Shop" placeholder={placeholder} query={query} />
          <Tools shell={shell} />
        </div>
        <nav className="head__nav" aria-label="Categories">
          <div className="wrap">
            <ul className="plain-list">
              {links.map((link) => (
                <li key={link.to}>
                  <a href={link.to} aria-current={path === link.to ? 'page' : undefined}>
                    {link.title}
                  </a>
                </li>
              ))}
              <li>
                <a className="sale" href="/products?onSale=true">
                  Sale
                </a>
              </li>
            </ul>
          </div>
        </nav>
      </header>
    </>
  )
}

/** The top of checkout: nothing to wander off to. */
export function EnclosedHeader({ isSandbox }: { isSandbox: boolean }) {
  return (
    <>
      {isSandbox && <TestBar />}
      <header className="enclosed">
        <div className="wrap">
          <Logo />
          <p className="small">
            <a className="plain row" href="/cart">
              <Icon name="bag" />
              Back to cart
            </a>
          </p>
        </div>
      </header>
    </>
  )
}

const CARDS: [string, string][] = [
  ['4242 4242 4242 4242', 'Succeeds'],
  ['4000 0000 0000 0002', 'Declined'],
  ['4000 0000 0000 9995', 'Insufficient funds'],
  ['4000 0000 0000 0127', 'Wrong CVC'],
  ['4000 0027 6000 3184', 'Asks for 3-D Secure'],
]

function TestBar() {
  return (
    <details className="testbar">
      <summary className="wrap">
        <Icon name="flask" />
        <span>
          <b className="strong">Test mode.</b> No money moves. Pay with{' '}
          <span className="num nowrap">4242 4242 4242 4242</span>. <u>More cards</u>
        </span>
      </summary>
      <ul className="wrap l num">
        {CARDS.map(([number, outcome]) => (
          <li key={number}>
            <span>{number}</span>
            <span>{outcome}</span>
          </li>
        ))}
        <li>
          <a href="/testing">All test cards</a>
          <span>Any future date, any CVC</span>
        </li>
      </ul>
    </details>
  )
}

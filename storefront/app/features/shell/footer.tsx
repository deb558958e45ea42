import type { ShellData } from '#app/features/shell/header.tsx'
import { Logo } from '#app/ui/logo.tsx'

interface Column {
  id: string
  title: string
  links: { to: string; title: string }[]
}

function columnsFor(shell: ShellData): Column[] {
  return [
    {
      id: 'foot-help',
      title: 'Help',
      links: [
        { to: '/orders/lookup', title: 'Find an order' },
        { to: '/help', title: 'Delivery and returns' },
        { to: '/api/docs', title: 'For developers' },
      ],
    },
    {
      id: 'foot-shop',
      title: 'Shop',
      links: [
        { to: '/products?sort=newest', title: 'New this week' },
        { to: '/products?onSale=true', title: 'Sale' },
        { to: '/products?sort=rating', title: 'Best rated' },
      ],
    },
    {
      id: 'foot-account',
      title: 'Account',
      links: [
        shell.isSignedIn ? { to: '/account', title: 'Your account' } : { to: '/login', title: 'Sign in' },
        { to: '/account/orders', title: 'Your orders' },
        { to: '/account/wishlist', title: 'Wishlist' },
      ],
    },
  ]
}

export function ShopFooter({ shell }: { shell: ShellData }) {
  return (
    <footer className="foot">
      <div className="wrap">
        <div className="foot__cols">
          <div className="stack stack--tight">
            <Logo />
            <p className="soft measure">
              A small shop with everything in the window. Every price includes tax, every picture shows the thing
              itself.
            </p>
          </div>
          {columnsFor(shell).map((column) => (
            <nav key={column.id} aria-labelledby={column.id}>
              <h2 id={column.id}>{column.title}</h2>
              <ul className="l">
                {column.links.map((link) => (
                  <li key={link.to}>
                    <a href={link.to}>{link.title}</a>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
        <div className="foot__end">
          <p>Vitrine, an open-source shop</p>
          {shell.isSandbox && (
            <p>
              <a href="/testing">Test cards</a>
            </p>
          )}
        </div>
      </div>
    </footer>
  )
}

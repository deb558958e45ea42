import type { ReactNode } from 'react'
import type { IconName } from '#app/ui/icon.tsx'
import { Icon } from '#app/ui/icon.tsx'

const PAGES: [string, string, IconName][] = [
  ['/account', 'Overview', 'home'],
  ['/account/orders', 'Orders', 'box'],
  ['/account/addresses', 'Addresses', 'pin'],
  ['/account/wishlist', 'Wishlist', 'heart'],
  ['/account/profile', 'Profile', 'person'],
  ['/account/security', 'Security', 'lock'],
]

/** The pages of an account with their menu. */
export function AccountFrame({ title, path, children }: { title: string; path: string; children: ReactNode }) {
  return (
    <main id="main" className="wrap page-top">
      <h1>{title}</h1>
      <div className="account">
        <nav className="side" aria-label="Account pages">
          {PAGES.map(([to, name, icon]) => (
            <a key={to} href={to} aria-current={to === path ? 'page' : undefined}>
              <Icon name={icon} />
              {name}
            </a>
          ))}
          <a href="/logout">
            <Icon name="leave" />
            Sign out
          </a>
        </nav>
        <div className="stack stack--loose">{children}</div>
      </div>
    </main>
  )
}

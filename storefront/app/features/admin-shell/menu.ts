import type { Permission } from '@vitrine/contracts/permissions'
import type { IconName } from '#app/ui/icon.tsx'

export interface MenuItem {
  to: string
  title: string
  icon: IconName
  /** Any one of them opens the page; an empty list is open to all staff. */
  needs: Permission[]
}

interface MenuGroup {
  title: string
  items: MenuItem[]
}

const MENU: MenuGroup[] = [
  {
    title: 'Sell',
    items: [
      { to: '/admin', title: 'Dashboard', icon: 'home', needs: [] },
      { to: '/admin/orders', title: 'Orders', icon: 'bag', needs: ['orders:read'] },
      { to: '/admin/customers', title: 'Customers', icon: 'people', needs: ['customers:read'] },
      { to: '/admin/promotions', title: 'Promotions', icon: 'gift', needs: ['promotions:write'] },
    ],
  },
  {
    title: 'Catalog',
    items: [
      { to: '/admin/products', title: 'Products', icon: 'box', needs: ['catalog:write', 'inventory:read'] },
      { to: '/admin/categories', title: 'Categories', icon: 'list', needs: ['catalog:write'] },
      { to: '/admin/inventory', title: 'Inventory', icon: 'chart', needs: ['inventory:read'] },
      { to: '/admin/reviews', title: 'Reviews', icon: 'star', needs: ['reviews:write'] },
      { to: '/admin/import', title: 'Import and export', icon: 'upload', needs: ['catalog:write'] },
    ],
  },
  {
    title: 'Shop',
    items: [
      { to: '/admin/delivery', title: 'Delivery and tax', icon: 'truck', needs: ['promotions:write'] },
      { to: '/admin/messages', title: 'Messages', icon: 'mail', needs: ['customers:read'] },
      { to: '/admin/staff', title: 'Staff and roles', icon: 'shield', needs: ['staff:write'] },
      { to: '/admin/audit', title: 'Audit log', icon: 'clock', needs: ['audit:read'] },
      { to: '/admin/system', title: 'System', icon: 'gear', needs: ['system:read'] },
    ],
  },
]

const isOpenTo = (item: MenuItem, permissions: readonly Permission[]): boolean =>
  item.needs.length === 0 || item.needs.some((need) => permissions.includes(need))

/** The menu as this person sees it: what they may not open is not there. */
export function menuFor(permissions: readonly Permission[]): MenuGroup[] {
  return MENU.map(({ title, items }) => ({ title, items: items.filter((item) => isOpenTo(item, permissions)) })).filter(
    ({ items }) => items.length > 0,
  )
}

/** The dashboard is current on its own page only, all others also on the pages below them. */
export const isCurrent = (to: string, path: string): boolean =>
  path === to || (to !== '/admin' && path.startsWith(`${to}/`))

export interface Crumb {
  title: string
  to?: string
}

/** Where the page stands; the last crumb is the page itself. */
export function Crumbs({ items }: { items: Crumb[] }) {
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      <ol className="l">
        {items.map((item, index) =>
          index < items.length - 1 && item.to ? (
            <li key={item.title}>
              <a href={item.to}>{item.title}</a>
            </li>
          ) : (
            <li key={item.title} aria-current="page">
              {item.title}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}

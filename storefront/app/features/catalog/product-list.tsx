import type { Card, CardList } from '#app/features/catalog/card.ts'
import { Facets } from '#app/features/catalog/facets.tsx'
import type { ListAddress } from '#app/features/catalog/list-address.ts'
import { addressWith, appliedFilters, clearedAddress } from '#app/features/catalog/list-address.ts'
import { AppliedChips, ListBar } from '#app/features/catalog/list-bar.tsx'
import { ProductGrid } from '#app/features/catalog/product-card.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import type { Crumb } from '#app/ui/crumbs.tsx'
import { Crumbs } from '#app/ui/crumbs.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'

interface ProductListProps {
  title: string
  text: string
  crumbs: Crumb[]
  list: CardList
  address: ListAddress
  pageSize: number
  productCount: number
  /** Shown where nothing was found. */
  instead: Card[]
}

/** Of a search: why what is shown does not have every word. */
function SomeWords({ list, address }: { list: CardList; address: ListAddress }) {
  const words = new URLSearchParams(address.search).get('q')?.trim().split(/\s+/) ?? []
  if (list.matches !== 'some' || words.length < 2 || list.total === 0) return null
  return (
    <div className="mb">
      <Notice tone="info" role="status">
        No product has all your words. These have some of “{words.join(' ')}”.
      </Notice>
    </div>
  )
}

function NoMatch({ list, address }: { list: CardList; address: ListAddress }) {
  const query = new URLSearchParams(address.search).get('q')
  const applied = appliedFilters(address, list.facets)
  return (
    <div className="box empty">
      <Icon name="search" />
      <h2>{query ? `No match for “${query}”` : 'Nothing fits these filters'}</h2>
      <p>
        {applied.length > 0
          ? 'Take a filter away, one by one or all.'
          : 'Try another or a shorter word, or look around.'}
      </p>
      {applied.length > 0 && <AppliedChips applied={applied} clearTo={clearedAddress(address)} />}
    </div>
  )
}

function More({ list, address, pageSize }: Pick<ProductListProps, 'list' | 'address' | 'pageSize'>) {
  const page = Number(new URLSearchParams(address.search).get('page') ?? 1)
  const last = Math.max(1, Math.ceil(list.total / pageSize))
  const shownTo = Math.min(list.total, page * pageSize)
  const toPage = (number: number) =>
    addressWith(address, (params) => {
      if (number > 1) params.set('page', String(number))
    })
  if (last === 1) return null
  return (
    <nav className="more" aria-label="Pages">
      <p className="small muted num" role="status">
        {(page - 1) * pageSize + 1} to {shownTo} of {list.total}
      </p>
      <svg className="bar bar--accent" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(shownTo / list.total) * 100} height="4" />
      </svg>
      <p className="row">
        {page > 1 && (
          <a className={buttonClass()} href={toPage(page - 1)} rel="prev">
            Previous page
          </a>
        )}
        {page < last && (
          <a className={buttonClass()} href={toPage(page + 1)} rel="next">
            Show the next {Math.min(pageSize, list.total - shownTo)}
          </a>
        )}
      </p>
    </nav>
  )
}

/** A list of products with its filters: all products, a category or a search. */
export function ProductList({ title, text, crumbs, list, address, pageSize, productCount, instead }: ProductListProps) {
  const isDeadEnd = list.total === 0 && appliedFilters(address, list.facets).length === 0
  return (
    <main id="main" className="wrap page-top">
      <Crumbs items={crumbs} />
      <h1>{title}</h1>
      {text && <p className="lead measure">{text}</p>}
      <div className={isDeadEnd ? 'section-s' : 'list'}>
        {!isDeadEnd && <Facets list={list} address={address} />}
        <div>
          <h2 className="sr">Products</h2>
          {!isDeadEnd && <ListBar list={list} address={address} of={productCount} />}
          <SomeWords list={list} address={address} />
          {list.items.length > 0 ? <ProductGrid products={list.items} /> : <NoMatch list={list} address={address} />}
          <More list={list} address={address} pageSize={pageSize} />
        </div>
      </div>
      {instead.length > 0 && (
        <section className="section" aria-labelledby="instead">
          <div className="section__head">
            <h2 id="instead">What others like</h2>
            <a href="/products">All products</a>
          </div>
          <ProductGrid products={instead} columns={4} />
        </section>
      )}
    </main>
  )
}

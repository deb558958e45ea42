import type { CardList } from '#app/features/catalog/card.ts'
import type { Applied, ListAddress } from '#app/features/catalog/list-address.ts'
import { addressWith, appliedFilters, clearedAddress } from '#app/features/catalog/list-address.ts'
import { Icon } from '#app/ui/icon.tsx'

const SORTS: [string, string][] = [
  ['popular', 'Popular'],
  ['newest', 'Newest'],
  ['price', 'Price, low to high'],
  ['-price', 'Price, high to low'],
  ['rating', 'Best rated'],
]
const RELEVANCE: [string, string] = ['relevance', 'Best match']

function SortForm({ address }: { address: ListAddress }) {
  const params = new URLSearchParams(address.search)
  const isSearch = params.has('q')
  const options = isSearch ? [RELEVANCE, ...SORTS] : SORTS
  const hidden = [...params].filter(([name]) => !['sort', 'page', 'cursor'].includes(name))
  return (
    <form className="row" method="get" action={address.path} data-submit-on-change>
      {hidden.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <label className="small muted" htmlFor="sort">
        Sort by
      </label>
      <select
        className="input input--small"
        id="sort"
        name="sort"
        defaultValue={params.get('sort') ?? (isSearch ? 'relevance' : 'popular')}
      >
        {options.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      <button className="btn btn--small" type="submit">
        Sort
      </button>
    </form>
  )
}

function QuickFilters({ address }: { address: ListAddress }) {
  const params = new URLSearchParams(address.search)
  const filters: [string, string, string][] = [
    ['inStock', 'true', 'In stock'],
    ['onSale', 'true', 'On sale'],
    ['price.max', '5000', 'Under €50'],
    ['rating.min', '4.5', '4.5 and up'],
  ]
  return (
    <nav aria-label="Quick filters" className="scroller">
      {filters.map(([name, value, title]) => {
        const isOn = params.getAll(name).includes(value)
        const to = addressWith(address, (changed) => (isOn ? changed.delete(name) : changed.set(name, value)))
        return (
          <a key={name} className="chip" href={to} aria-current={isOn || undefined}>
            {isOn && <Icon name="check" />}
            {title}
          </a>
        )
      })}
    </nav>
  )
}

export function AppliedChips({ applied, clearTo }: { applied: Applied[]; clearTo: string }) {
  return (
    <ul className="chips">
      {applied.map((filter) => (
        <li key={filter.label}>
          <a className="chip chip--on" href={filter.removeTo}>
            {filter.label}
            <span className="sr">, remove filter</span>
            <Icon name="cross" />
          </a>
        </li>
      ))}
      <li>
        <a className="link link--muted small" href={clearTo}>
          Clear all
        </a>
      </li>
    </ul>
  )
}

/** Above the products: how many, how sorted, what is filtered. */
export function ListBar({ list, address, of }: { list: CardList; address: ListAddress; of: number }) {
  const applied = appliedFilters(address, list.facets)
  return (
    <>
      <div className="list__bar">
        <p role="status">
          <b className="strong num">{list.total}</b>
          {of > list.total ? ` of ${of} products` : list.total === 1 ? ' product' : ' products'}
        </p>
        <button className="btn btn--small only-narrow" type="button" popovertarget="filters">
          <Icon name="filter" />
          Filters{' '}
          {applied.length > 0 && (
            <span className="badge badge--lamp num">
              {applied.length}
              <span className="sr"> active</span>
            </span>
          )}
        </button>
        <SortForm address={address} />
      </div>
      <QuickFilters address={address} />
      {applied.length > 0 && (
        <div className="row applied">
          <h2 className="small medium">Filtered by</h2>
          <AppliedChips applied={applied} clearTo={clearedAddress(address)} />
        </div>
      )}
    </>
  )
}

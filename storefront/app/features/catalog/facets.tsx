import type { Facet } from '@vitrine/contracts/catalog'
import type { CardList } from '#app/features/catalog/card.ts'
import type { ListAddress } from '#app/features/catalog/list-address.ts'
import { amountText, count, formatMoneyShort } from '#app/format.ts'
import { Icon } from '#app/ui/icon.tsx'

const CURRENCY = 'EUR'
const OPEN_FACETS = 5

type FacetValue = Facet['values'][number]

function Value({ facet, value }: { facet: Facet; value: FacetValue }) {
  return (
    <label className="check">
      <input
        type="checkbox"
        name={facet.param}
        value={value.value}
        defaultChecked={value.selected}
        disabled={value.count === 0 && !value.selected}
      />
      {value.swatch && (
        <svg className="dot" viewBox="0 0 18 18" aria-hidden="true">
          <circle cx="9" cy="9" r="8" fill={value.swatch} />
        </svg>
      )}
      <span>{value.label}</span>
      <span className="count">{value.count}</span>
    </label>
  )
}

function FacetGroup({ title, isOpen, children }: { title: string; isOpen: boolean; children: React.ReactNode }) {
  return (
    <details className="details" open={isOpen}>
      <summary>
        <h3>{title}</h3>
        <Icon name="chevron-down" />
      </summary>
      <fieldset>
        <legend className="sr">{title}</legend>
        {children}
      </fieldset>
    </details>
  )
}

function PriceRange({ list, params }: { list: CardList; params: URLSearchParams }) {
  const shown = (name: string) => (params.get(name) ? amountText(Number(params.get(name)), CURRENCY) : '')
  return (
    <FacetGroup title="Price" isOpen>
      <div className="price-range">
        <label className="sr" htmlFor="price-from">
          From, in euro
        </label>
        <input
          type="text"
          className="input input--small input--money"
          id="price-from"
          name="from"
          inputMode="decimal"
          defaultValue={shown('price.min')}
          placeholder={list.priceBounds ? amountText(list.priceBounds.min, CURRENCY) : undefined}
        />
        <span className="muted small" aria-hidden="true">
          to
        </span>
        <label className="sr" htmlFor="price-to">
          To, in euro
        </label>
        <input
          type="text"
          className="input input--small input--money"
          id="price-to"
          name="to"
          inputMode="decimal"
          defaultValue={shown('price.max')}
          placeholder={list.priceBounds ? amountText(list.priceBounds.max, CURRENCY) : undefined}
        />
      </div>
      {list.priceBounds && (
        <p className="small muted num">
          {formatMoneyShort({ amount: list.priceBounds.min, currency: CURRENCY })} to{' '}
          {formatMoneyShort({ amount: list.priceBounds.max, currency: CURRENCY })}
        </p>
      )}
    </FacetGroup>
  )
}

/** The filters as a form: a column beside the list, a sheet on phones. It works without a script. */
export function Facets({ list, address }: { list: CardList; address: ListAddress }) {
  const params = new URLSearchParams(address.search)
  const facets = list.facets.filter((facet) => facet.values.length > 0)
  return (
    <form
      className="facets"
      id="filters"
      popover="auto"
      method="get"
      action={address.path}
      aria-labelledby="filters-title"
      data-facets
    >
      <div className="facets__top">
        <h2 id="filters-title">Filters</h2>
        <button className="btn btn--quiet btn--icon" type="button" popovertarget="filters" popovertargetaction="hide">
          <span className="sr">Close filters</span>
          <Icon name="cross" />
        </button>
      </div>
      {['q', 'sort'].map((name) =>
        params.get(name) ? <input key={name} type="hidden" name={name} value={params.get(name) ?? ''} /> : null,
      )}
      <PriceRange list={list} params={params} />
      {facets.map((facet, index) => (
        <FacetGroup
          key={facet.param}
          title={facet.name}
          isOpen={index < OPEN_FACETS || facet.values.some((value) => value.selected)}
        >
          {facet.values.map((value) => (
            <Value key={value.value} facet={facet} value={value} />
          ))}
        </FacetGroup>
      ))}
      <div className="facets__end">
        <button className="btn btn--primary btn--block" type="submit" data-results>
          {`Show ${count(list.total, 'result')}`}
        </button>
      </div>
    </form>
  )
}

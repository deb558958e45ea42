import type { Facet } from '@vitrine/contracts/catalog'
import { formatMoneyShort } from '#app/format.ts'

/** The address of a list: its path and what narrows it. Every change leads back to the first page. */
export interface ListAddress {
  path: string
  search: string
}

type Change = (params: URLSearchParams) => void

export function addressWith({ path, search }: ListAddress, change: Change): string {
  const params = new URLSearchParams(search)
  params.delete('page')
  params.delete('cursor')
  change(params)
  const query = params.toString()
  return query ? `${path}?${query}` : path
}

const without = (address: ListAddress, name: string, value: string) =>
  addressWith(address, (params) => {
    const rest = params.getAll(name).filter((one) => one.toLowerCase() !== value.toLowerCase())
    params.delete(name)
    for (const one of rest) params.append(name, one)
  })

export interface Applied {
  label: string
  removeTo: string
}

const CURRENCY = 'EUR'

function priceFilters(address: ListAddress): Applied[] {
  const params = new URLSearchParams(address.search)
  const names = { 'price.min': 'From', 'price.max': 'Up to' }
  return Object.entries(names).flatMap(([name, word]) => {
    const amount = Number(params.get(name))
    if (!params.get(name) || !Number.isInteger(amount)) return []
    const label = `${word} ${formatMoneyShort({ amount, currency: CURRENCY })}`
    return [{ label, removeTo: addressWith(address, (changed) => changed.delete(name)) }]
  })
}

/** What narrows the list now, each with the address that takes it away. */
export function appliedFilters(address: ListAddress, facets: Facet[]): Applied[] {
  const chosen = facets.flatMap((facet) =>
    facet.values
      .filter((value) => value.selected && new URLSearchParams(address.search).has(facet.param))
      .map((value) => ({ label: value.label, removeTo: without(address, facet.param, value.value) })),
  )
  return [...chosen, ...priceFilters(address)]
}

/** The list without any filter, but with what was searched and how it is sorted. */
export function clearedAddress(address: ListAddress): string {
  const params = new URLSearchParams(address.search)
  const kept = new URLSearchParams()
  for (const name of ['q', 'sort']) {
    const value = params.get(name)
    if (value) kept.set(name, value)
  }
  return kept.size > 0 ? `${address.path}?${kept}` : address.path
}

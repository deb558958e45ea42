import type { Address } from '@vitrine/contracts/address'
import { formatCountry } from '#app/format.ts'

export function AddressLines({ address }: { address: Address }) {
  return (
    <address className="soft">
      {address.name}
      <br />
      {address.line1}
      {address.line2 && (
        <>
          <br />
          {address.line2}
        </>
      )}
      <br />
      {address.postalCode} {address.city}
      {address.region && `, ${address.region}`}
      <br />
      {formatCountry(address.country)}
    </address>
  )
}

/** The address in one line. */
export const addressText = (address: Address): string =>
  [
    address.name,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`,
    address.region,
    formatCountry(address.country),
  ]
    .filter(Boolean)
    .join(', ')

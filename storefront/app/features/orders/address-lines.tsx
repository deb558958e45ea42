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
      <br />
      {formatCountry(address.country)}
    </address>
  )
}

/** The address in one line. */
export const addressText = (address: Address): string =>
  [address.name, address.line1, `${address.postalCode} ${address.city}`, formatCountry(address.country)].join(', ')

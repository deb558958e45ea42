import type { SavedAddress, SavedAddressInput, SavedAddressPatch } from '@vitrine/contracts/auth'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { SavedAddressRecord } from './address.repository.ts'
import type { AuthStore } from './store.repository.ts'

const MOST_ADDRESSES = 50

const toView = ({ userId: _owner, ...address }: SavedAddressRecord): SavedAddress => ({
  ...address,
  createdAt: address.createdAt.toISOString(),
  updatedAt: address.updatedAt.toISOString(),
})

/** The address book. Exactly one address is the default while there is any. */
export function createAddressService({ store, clock }: { store: AuthStore; clock: Clock }) {
  async function save(tx: AuthStore, address: SavedAddressRecord): Promise<SavedAddressRecord> {
    if (address.isDefault) await tx.addresses.clearDefault(address.userId)
    await tx.addresses.save(address)
    return address
  }

  return {
    list: async (userId: string) => ({ items: (await store.addresses.listOwn(userId)).map(toView), nextCursor: null }),

    add: (userId: string, input: SavedAddressInput) =>
      store.transaction(async (tx) => {
        const now = clock.now()
        const known = await tx.addresses.listOwn(userId)
        if (known.length >= MOST_ADDRESSES)
          throw conflict('conflict', 'The address book is full.', { most: MOST_ADDRESSES })
        const isDefault = input.isDefault === true || known.length === 0
        return toView(await save(tx, { ...input, id: newId('adr'), userId, isDefault, createdAt: now, updatedAt: now }))
      }),

    change: (userId: string, id: string, patch: SavedAddressPatch) =>
      store.transaction(async (tx) => {
        const known = await tx.addresses.findOwn(id, userId)
        if (!known) throw notFound('address')
        // The mark moves by choosing another default, not by taking it off.
        const isDefault = known.isDefault || patch.isDefault === true
        return toView(await save(tx, { ...known, ...patch, isDefault, updatedAt: clock.now() }))
      }),

    remove: (userId: string, id: string) =>
      store.transaction(async (tx) => {
        if (!(await tx.addresses.removeOwn(id, userId))) throw notFound('address')
        const [first, ...others] = await tx.addresses.listOwn(userId)
        if (first && ![first, ...others].some(({ isDefault }) => isDefault))
          await tx.addresses.save({ ...first, isDefault: true })
      }),
  }
}

export type AddressService = ReturnType<typeof createAddressService>

import type { Address } from '@vitrine/contracts/address'

export interface SavedAddressRecord extends Address {
  id: string
  userId: string
  label?: string
  isDefault: boolean
  createdAt: Date
  updatedAt: Date
}

export interface AddressRepository {
  listOwn(userId: string): Promise<SavedAddressRecord[]>
  findOwn(id: string, userId: string): Promise<SavedAddressRecord | null>
  save(address: SavedAddressRecord): Promise<void>
  /** Takes the default mark from whichever address of the person has it. */
  clearDefault(userId: string): Promise<void>
  /** False when the person has no such address. */
  removeOwn(id: string, userId: string): Promise<boolean>
  removeAll(userId: string): Promise<void>
}

import type { DeliveryRepository } from './deliveries.repository.ts'
import type { IdempotencyRepository } from './idempotency.repository.ts'
import type { ObjectRepository } from './objects.repository.ts'

export interface StorageDeps {
  /** The sandbox's own clock, which tests may advance. */
  now: () => Date
  /** Called after a commit that left something to deliver or to do later. */
  onWork: () => void
}

/** Everything the sandbox keeps, in whichever store. */
export interface Storage {
  objects: ObjectRepository
  deliveries: DeliveryRepository
  idempotency: IdempotencyRepository
  /** Resolves once everything written so far survives the end of the process; no answer leaves before. */
  settled(): Promise<void>
  /** Throws when the store does not answer. */
  ping(): Promise<void>
  /** True when the error says that the store is away, so that nothing was decided. */
  isDown(error: unknown): boolean
  /** Forgets everything, endpoints and keys included. */
  clear(): Promise<void>
  close(): Promise<void>
}

export type OpenStorage = (deps: StorageDeps) => Promise<Storage>

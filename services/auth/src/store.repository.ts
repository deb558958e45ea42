import type { EventData, EventType } from '@vitrine/contracts/events'
import type { AddressRepository } from './address.repository.ts'
import type { AuditRepository } from './audit.repository.ts'
import type { OneTimeTokenRepository } from './one-time-token.repository.ts'
import type { RoleRepository } from './role.repository.ts'
import type { SessionRepository } from './session.repository.ts'
import type { UserRepository } from './user.repository.ts'

/** Everything auth keeps. Inside `transaction` all writes, events included, happen together or not at all. */
export interface AuthStore {
  users: UserRepository
  sessions: SessionRepository
  oneTimeTokens: OneTimeTokenRepository
  roles: RoleRepository
  addresses: AddressRepository
  audit: AuditRepository
  /** Only within a transaction. */
  publish<T extends EventType>(type: T, data: EventData<T>, requestId?: string): Promise<void>
  /** May run `work` again after a conflict, so `work` must be safe twice. */
  transaction<T>(work: (store: AuthStore) => Promise<T>): Promise<T>
}

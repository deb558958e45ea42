import type { Account } from './account.ts'
import type { Page } from './page.ts'

export type AccountChanges = Partial<Omit<Account, 'id' | 'email' | 'createdAt'>>

export interface UserFilter {
  text?: string
  role?: string
  limit: number
  cursor?: string
}

export interface UserRepository {
  findById(id: string): Promise<Account | null>
  /** Those of the ids that are accounts, in no order. */
  findMany(ids: string[]): Promise<Account[]>
  findByEmail(email: string): Promise<Account | null>
  /** Refuses an address that is taken with `email_taken`. */
  add(account: Account): Promise<void>
  /** Null when the account is gone. */
  update(id: string, changes: AccountChanges): Promise<Account | null>
  /** False when a code of this step or a later one was used before. */
  spendTotpStep(id: string, step: number): Promise<boolean>
  /** False when the account has no such recovery code left. */
  spendRecoveryCode(id: string, hash: string): Promise<boolean>
  remove(id: string): Promise<void>
  /** Newest first. */
  list(filter: UserFilter): Promise<Page<Account>>
  countHolders(role: string): Promise<number>
  /** Makes concurrent changes to the circle of admins wait for each other. Only within a transaction. */
  lockAdmins(): Promise<void>
  /** Admins who can sign in, without the one named. */
  countOtherAdmins(exceptId: string): Promise<number>
}

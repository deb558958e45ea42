import { conflict } from '@vitrine/kernel/errors'
import type { AuthStore } from './store.repository.ts'

/** Refuses to let the last admin go. Two who leave at once wait for each other; within a transaction. */
export async function requireRemainingAdmin(store: AuthStore, leavingId: string): Promise<void> {
  await store.users.lockAdmins()
  if ((await store.users.countOtherAdmins(leavingId)) === 0)
    throw conflict('conflict', 'The last admin stays. Make somebody else an admin first.')
}

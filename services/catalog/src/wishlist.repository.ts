import type { Transaction } from '@vitrine/kernel/mongo'

/** Product ids that people keep for later, newest first. */
export interface WishlistRepository {
  list(userId: string): Promise<string[]>
  /** Puts these in front of what is there, each once; the oldest fall out beyond `limit`. Safe to repeat. */
  add(userId: string, productIds: string[], limit: number): Promise<void>
  remove(userId: string, productId: string): Promise<void>
  removeUser(userId: string, transaction: Transaction): Promise<void>
}

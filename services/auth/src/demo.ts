import type { Clock } from '@vitrine/kernel/clock'
import { AppError } from '@vitrine/kernel/errors'
import { blankAccount } from './credentials.service.ts'
import type { PasswordHasher } from './password.argon2.ts'
import type { AuthStore } from './store.repository.ts'

export const DEMO_ACCOUNTS = [
  { email: 'admin@vitrine.test', password: 'vitrine-admin-demo', name: 'Ada Admin', roles: ['admin'] },
  { email: 'orders@vitrine.test', password: 'vitrine-orders-demo', name: 'Otis Orders', roles: ['order-manager'] },
  { email: 'support@vitrine.test', password: 'vitrine-support-demo', name: 'Sana Support', roles: ['support'] },
  { email: 'shopper@vitrine.test', password: 'vitrine-shopper-demo', name: 'Shay Shopper', roles: ['customer'] },
]

/** Adds the demo accounts that are missing; replicas that start together do not disturb each other. */
export async function seedDemoAccounts(options: { store: AuthStore; hasher: PasswordHasher; clock: Clock }) {
  const { store, hasher, clock } = options
  for (const { email, password, name, roles } of DEMO_ACCOUNTS) {
    if (await store.users.findByEmail(email)) continue
    const now = clock.now()
    const account = blankAccount({ email, name, roles, passwordHash: await hasher.hash(password) }, now)
    try {
      await store.users.add({ ...account, emailVerifiedAt: now })
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'email_taken')) throw error
    }
  }
}

/**
 * Seeds a shop on this machine when asked to. A public shop refuses to start with demo accounts, wanted or left
 * over: their passwords stand in the documentation.
 */
export async function prepareDemo(options: {
  store: AuthStore
  hasher: PasswordHasher
  clock: Clock
  isWanted: boolean
  isPublic: boolean
}): Promise<void> {
  const { store, isWanted, isPublic } = options
  if (!isPublic) return isWanted ? seedDemoAccounts(options) : undefined
  if (isWanted) throw new Error('SEED_DEMO must be off when PUBLIC_URL is not loopback.')
  const found = await Promise.all(DEMO_ACCOUNTS.map(({ email }) => store.users.findByEmail(email)))
  const open = found.flatMap((account) => (account && !account.disabledAt ? [account.email] : []))
  if (open.length > 0) throw new Error(`Remove or disable the demo accounts before going public: ${open.join(', ')}.`)
}

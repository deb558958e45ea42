import type { Clock } from '@vitrine/kernel/clock'
import { importJWK, type JWK } from 'jose'
import type { SigningKeyStore, StoredKey } from './signing-key.mongo.ts'
import { isRotationDue, rolesOfKeys } from './signing-key.rules.ts'

/** A key that signs tokens and assertions; its private half is never extractable once loaded. */
export interface SigningKey {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  publicJwk: JWK
  createdAt: Date
}

/** The keys as they stand now; each replica reloads its own. */
export interface KeyRing {
  signing(): SigningKey
  find(kid: string): SigningKey | null
  /** For the key set: the one that signs, the one that will, and those whose tokens may still be about. */
  publicKeys(): JWK[]
  reload(): Promise<void>
}

async function toSigningKey(stored: StoredKey): Promise<SigningKey> {
  const [privateKey, publicKey] = await Promise.all([
    importJWK(stored.privateJwk, 'EdDSA'),
    importJWK(stored.publicJwk, 'EdDSA'),
  ])
  if (!(privateKey instanceof CryptoKey) || !(publicKey instanceof CryptoKey))
    throw new Error(`Signing key ${stored.kid} is not an EdDSA key.`)
  return { kid: stored.kid, privateKey, publicKey, publicJwk: stored.publicJwk, createdAt: stored.createdAt }
}

export async function loadKeyRing(store: SigningKeyStore, clock: Clock): Promise<KeyRing> {
  let keys: SigningKey[] = []
  async function reload(): Promise<void> {
    const stored = await store.load(clock.now())
    keys = await Promise.all(
      stored.map(async (one) => keys.find(({ kid }) => kid === one.kid) ?? (await toSigningKey(one))),
    )
  }
  await reload()
  return {
    reload,
    signing() {
      const { signing } = rolesOfKeys(keys, clock.now())
      if (!signing) throw new Error('There is no signing key.')
      return signing
    },
    find: (kid) => rolesOfKeys(keys, clock.now()).verifying.find((key) => key.kid === kid) ?? null,
    publicKeys: () => rolesOfKeys(keys, clock.now()).published.map(({ publicJwk }) => publicJwk),
  }
}

/** Adds the next key when the newest is `days` old, and drops those that nothing refers to any more. */
export async function rotateWhenDue(store: SigningKeyStore, now: Date, days: number): Promise<void> {
  const keys = await store.load(now)
  const newest = keys[0]
  if (newest && isRotationDue(newest, now, days)) await store.add(now)
  const { spent } = rolesOfKeys(keys, now)
  if (spent.length > 0) await store.remove(spent.map(({ kid }) => kid))
}

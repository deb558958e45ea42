import { importJWK, type JWK } from 'jose'

/** A key that signs tokens and assertions; its private half is never extractable once loaded. */
export interface SigningKey {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  publicJwk: JWK
}

export type SigningKeys = readonly [SigningKey, ...SigningKey[]]

async function toSigningKey(stored: { kid: string; publicJwk: JWK; privateJwk: JWK }): Promise<SigningKey> {
  const [privateKey, publicKey] = await Promise.all([
    importJWK(stored.privateJwk, 'EdDSA'),
    importJWK(stored.publicJwk, 'EdDSA'),
  ])
  if (!(privateKey instanceof CryptoKey) || !(publicKey instanceof CryptoKey))
    throw new Error(`Signing key ${stored.kid} is not an EdDSA key.`)
  return { kid: stored.kid, privateKey, publicKey, publicJwk: stored.publicJwk }
}

/** Newest first: the first signs, all of them verify. */
export async function importSigningKeys(
  stored: { kid: string; publicJwk: JWK; privateJwk: JWK }[],
): Promise<SigningKeys> {
  const [newest, ...older] = await Promise.all(stored.map(toSigningKey))
  if (!newest) throw new Error('There is no signing key.')
  return [newest, ...older]
}

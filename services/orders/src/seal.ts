import { hashToken } from '@vitrine/kernel/ids'

/** A reply kept for repeats holds secrets of the buyer, so it is readable only with the key the buyer sent. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = Buffer.from(hashToken(`seal:${secret}`), 'hex')
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const IV_BYTES = 12

export async function seal(text: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await keyOf(secret),
    new TextEncoder().encode(text),
  )
  return Buffer.concat([iv, new Uint8Array(sealed)]).toString('base64')
}

export async function unseal(sealed: string, secret: string): Promise<string> {
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
  const iv = bytes.slice(0, IV_BYTES)
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(secret), bytes.slice(IV_BYTES))
  return new TextDecoder().decode(text)
}

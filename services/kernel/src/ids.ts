const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A random id with a readable prefix: `newId('ord')` → `ord_` + 22 base58 characters (128 bits). */
export function newId(prefix: string): string {
  let value = 0n
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) value = value * 256n + BigInt(byte)
  let text = ''
  for (let index = 0; index < 22; index++) {
    text += ALPHABET[Number(value % 58n)]
    value /= 58n
  }
  return `${prefix}_${text}`
}

/** 256 random bits for bearer tokens, base64url. */
export const newToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

/** Tokens are stored only as their SHA-256, hex. */
export const hashToken = (token: string): string => new Bun.CryptoHasher('sha256').update(token).digest('hex')

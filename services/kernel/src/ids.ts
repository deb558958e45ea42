const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A random id with a readable prefix: `newId('ord')` → `ord_` + 22 base58 characters (128 bits). */
export function newId(prefix: string): string {
  // One number of four digits in base 2^32, divided by 58 by hand: big integers take ten times as long.
  const digits = crypto.getRandomValues(new Uint32Array(4))
  let text = ''
  for (let index = 0; index < 22; index++) {
    let rest = 0
    for (let place = 0; place < digits.length; place++) {
      const value = rest * 2 ** 32 + (digits[place] ?? 0)
      digits[place] = Math.floor(value / 58)
      rest = value % 58
    }
    text += ALPHABET[rest]
  }
  return `${prefix}_${text}`
}

/** 256 random bits for bearer tokens, base64url. */
export const newToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')

/** Tokens are stored only as their SHA-256, hex. */
export const hashToken = (token: string): string => new Bun.CryptoHasher('sha256').update(token).digest('hex')

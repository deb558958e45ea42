const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A number people can read out: `V-7K3M-92QX`, without letters that look like digits. */
export function orderNumber(random: Uint8Array): string {
  const letters = [...random].slice(0, 8).map((byte) => ALPHABET[byte % ALPHABET.length])
  return `V-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

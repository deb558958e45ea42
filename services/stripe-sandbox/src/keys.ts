import { createHash, randomBytes } from 'node:crypto'
import { failure } from './failure.ts'

// In the order of their codes, so that `timed` letters sort by their time.
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_LETTERS = 7
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** The publishable key of a secret key: derived one way, so the secret cannot be read back. */
export const publishableKeyOf = (secretKey: string) => `pk_test_${sha256(secretKey).toString('hex').slice(0, 32)}`

function letters(bytes: Uint8Array, length: number): string {
  let text = ''
  for (let at = 0; at < length; at++) text += ALPHABET[(bytes[at] ?? 0) % ALPHABET.length]
  return text
}

function timeLetters(ms: number): string {
  let [text, rest] = ['', ms]
  for (let at = 0; at < TIME_LETTERS; at++) {
    text = ALPHABET[rest % ALPHABET.length] + text
    rest = Math.floor(rest / ALPHABET.length)
  }
  return text
}

export const randomLetters = (length: number) => letters(randomBytes(length), length)
/** Random letters that begin with the time, as Stripe's ids do: what is made together stands together in an index. */
export const timedLetters = (length: number) => timeLetters(Date.now()) + randomLetters(length - TIME_LETTERS)
export const randomId = (prefix: string) => `${prefix}_${timedLetters(24)}`

/** Ids that come out the same when a request is run again under the same idempotency key; `seed` is of timed letters. */
export function seededIds(seed: string): (prefix: string) => string {
  const time = seed.slice(0, TIME_LETTERS)
  let count = 0
  return (prefix) => {
    count += 1
    return `${prefix}_${time}${letters(sha256(`${seed}:${prefix}:${count}`), 24 - TIME_LETTERS)}`
  }
}

export interface Caller {
  account: string
  access: 'secret' | 'publishable'
  key: string
}

/** Who calls, by the key alone; live keys and nonsense are refused. */
export function requireCaller(key: string | null): Caller {
  if (!key) throw unauthorized('You did not provide an API key. Use HTTP authorization: Bearer YOUR_SECRET_KEY.')
  if (/^(sk|rk|pk)_live_/.test(key)) throw unauthorized('This is a test sandbox. It never accepts a live key.')
  if (/^(sk|rk)_test_\w{3,}$/.test(key)) return { account: accountOf(publishableKeyOf(key)), access: 'secret', key }
  if (/^pk_test_[0-9a-f]{32}$/.test(key)) return { account: accountOf(key), access: 'publishable', key }
  throw unauthorized('Invalid API Key provided.')
}

const accountOf = (publishableKey: string) => `acct_${publishableKey.slice(8, 24)}`

const unauthorized = (message: string) => failure(401, { type: 'invalid_request_error', message }, true)

import { dictionary } from '@zxcvbn-ts/language-common'

// Shorter ones fall to the length rule anyway.
const COMMON = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8))

/** Why a new password is refused; null when it is fine. Length is the contract's matter. */
export function passwordFault(password: string, person: { email: string }): string | null {
  const lower = password.toLowerCase()
  if (COMMON.has(lower)) return 'This password is among the most used ones. Choose another.'
  if (lower === person.email) return 'Choose a password other than your email address.'
  return null
}

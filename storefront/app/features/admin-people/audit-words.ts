import type { Money } from '@vitrine/contracts/money'
import { formatMoney } from '#app/format.ts'

/** What acts are called. One that is not listed here is shown by its name. */
const WORDS: Record<string, string> = {
  'access.refused': 'Was refused',
  'email.verified': 'Confirmed the address',
  'password.changed': 'Changed the password',
  'password.reset': 'Chose a new password by mail',
  'password.reset_requested': 'Asked for a new password',
  'role.changed': 'Changed a role',
  'role.removed': 'Deleted a role',
  'second_factor.added': 'Added an authenticator app',
  'second_factor.removed': 'Removed an authenticator app',
  'session.all_revoked': 'Signed out everywhere',
  'session.code_failed': 'Wrong code at sign-in',
  'session.login': 'Signed in',
  'session.login_failed': 'Failed to sign in',
  'session.login_refused': 'Sign-in to a disabled account',
  'session.logout': 'Signed out',
  'session.reuse_detected': 'A spent session token came back',
  'session.revoked': 'Signed a device out',
  'user.changed': 'Changed a person',
  'user.invited': 'Invited a colleague',
  'user.invited_again': 'Invited again',
  'user.registered': 'Made an account',
  'user.removed': 'Deleted the account',
}

export function actTitle(action: string): string {
  const known = WORDS[action]
  if (known) return known
  const [noun = '', verb = ''] = action.split('.')
  const words = `${noun} ${verb}`.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The kinds one filters by: what stands before the dot of an act. */
export const ACT_KINDS: [string, string][] = [
  ['session', 'Sign-ins'],
  ['access', 'Refusals'],
  ['password', 'Passwords'],
  ['second_factor', 'Authenticator apps'],
  ['user', 'People'],
  ['role', 'Roles'],
  ['product', 'Products'],
  ['category', 'Categories'],
  ['stock', 'Stock'],
  ['review', 'Reviews'],
  ['order', 'Orders'],
  ['refund', 'Refunds'],
  ['promotion', 'Promotions'],
  ['message', 'Messages'],
]

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

// A check by hand keeps zod out of the browser's code.
const isMoney = (value: unknown): value is Money =>
  isRecord(value) && typeof value.amount === 'number' && typeof value.currency === 'string'

const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return value.length > 0 ? value.map(textOf).join(', ') : 'nothing'
  if (isMoney(value)) return formatMoney(value)
  return isRecord(value) ? JSON.stringify(value) : String(value)
}

/** What an item of a list is known by, so that it is compared with itself and not with its neighbour. */
const nameOf = (item: Record<string, unknown>, place: number): string =>
  String(item.sku ?? item.id ?? item.name ?? place + 1)

/** Every single value of an object by its path, such as `variants MUG-RED price`. */
function leavesOf(value: unknown, path: string, leaves: Map<string, string>): Map<string, string> {
  const isList = Array.isArray(value) && value.some(isRecord)
  if (isMoney(value) || !isRecord(value) || (Array.isArray(value) && !isList)) return leaves.set(path, textOf(value))
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((item, place) => [isRecord(item) ? nameOf(item, place) : String(place + 1), item])
    : Object.entries(value)
  for (const [name, part] of parts) leavesOf(part, path ? `${path} ${name}` : name, leaves)
  return leaves
}

export interface Difference {
  name: string
  before: string
  after: string
}

/** What changed, value by value; an act without before and after has none. */
export function differencesOf({ before, after }: Record<string, unknown>): Difference[] {
  const old = leavesOf(isRecord(before) ? before : {}, '', new Map())
  const now = leavesOf(isRecord(after) ? after : {}, '', new Map())
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? 'nothing', after: now.get(name) ?? 'nothing' }))
    .filter((one) => one.before !== one.after)
}

/** Everything else that the line says, such as the permission that was lacking. */
export const factsOf = ({ before: _b, after: _a, ...rest }: Record<string, unknown>): string[] =>
  Object.entries(rest)
    .filter(([name, value]) => value !== null && !(name === 'count' && value === 1))
    .map(([name, value]) => (name === 'count' ? `${textOf(value)} times` : textOf(value)))

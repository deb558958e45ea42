import type { Identity } from '@vitrine/contracts/identity'
import { notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'

/** Whose cart it is. A person's is known by the user id and always exists; a guest's by an unguessable id we issued. */
export interface Owner {
  id: string
  isGuest: boolean
}

const GUEST_ID = /^crt_[1-9A-HJ-NP-Za-km-z]{22}$/

export const isGuestId = (id: string) => GUEST_ID.test(id)

export const issueGuest = (): Owner => ({ id: newId('crt'), isGuest: true })

/** The guest cart a request names, by header or by the browser's cookie; null when it names none. */
export function guestIdOf(request: Request): string | null {
  const header = request.headers.get('x-cart-id')
  if (header) return header
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((part) => part.trim())
  return cookies.find((part) => part.startsWith('cart=') || part.startsWith('__Host-cart='))?.split('=')[1] || null
}

export function ownerOf(request: Request, identity: Identity | null): Owner | null {
  if (identity) return { id: identity.userId, isGuest: false }
  const id = guestIdOf(request)
  if (id === null) return null
  if (!isGuestId(id)) throw notFound('cart')
  return { id, isGuest: true }
}

import { redirect } from '@remix-run/node'
import {
  ChangePasswordInput,
  Done,
  PasswordProof,
  RecoveryCodes,
  SecondFactorOffer,
  SecondFactorProof,
} from '@vitrine/contracts/auth'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import { api } from '#app/server/api.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { emptyRefusal, parseForm, type Refusal } from '#app/server/form.server.ts'
import { endSessionCookies } from '#app/server/session.server.ts'

/** What the page shows after a form of it: what went well, or beside which fields it did not. */
export interface SecurityReply extends Refusal {
  intent: string
  done: string | null
  /** For the authenticator app: as text, and as a picture in a data URL. */
  offer: { secret: string; picture: string } | null
  recoveryCodes: string[] | null
}

export const reply = (intent: string, parts: Partial<SecurityReply>): SecurityReply => ({
  ...emptyRefusal(),
  intent,
  done: null,
  offer: null,
  recoveryCodes: null,
  ...parts,
})

type Intent = (request: Request, form: FormData) => Promise<Partial<SecurityReply>>

/** The picture that an authenticator app reads. The address is that of auth, or made of the secret it gave. */
const pictureOf = (uri: string): string => `data:image/svg+xml,${encodeURIComponent(renderSVG(uri, { border: 2 }))}`

const changePassword: Intent = async (request, form) => {
  const parsed = parseForm(form, ChangePasswordInput)
  if (!parsed.ok) return parsed.refusal
  await api(request).post(Done, '/api/auth/password/change', parsed.data)
  return { done: 'Your password is a new one. Your other devices are signed out.' }
}

const endOne: Intent = async (request, form) => {
  await api(request).delete(z.unknown(), `/api/auth/sessions/${encodeURIComponent(String(form.get('session')))}`)
  throw redirect('/account/security', 303)
}

const endAll: Intent = async (request) => {
  await api(request).delete(z.unknown(), '/api/auth/sessions')
  throw redirect('/login', { status: 303, headers: cookieHeaders(...endSessionCookies()) })
}

const beginTotp: Intent = async (request, form) => {
  const parsed = parseForm(form, PasswordProof)
  if (!parsed.ok) return parsed.refusal
  const { secret, uri } = await api(request).post(SecondFactorOffer, '/api/auth/totp', parsed.data)
  return { offer: { secret, picture: pictureOf(uri) } }
}

const confirmTotp: Intent = async (request, form) => {
  const parsed = parseForm(form, SecondFactorProof)
  if (!parsed.ok) return parsed.refusal
  const { recoveryCodes } = await api(request).post(RecoveryCodes, '/api/auth/totp/confirm', parsed.data)
  return { recoveryCodes }
}

const removeTotp: Intent = async (request, form) => {
  const parsed = parseForm(form, PasswordProof)
  if (!parsed.ok) return parsed.refusal
  await api(request).delete(Done, '/api/auth/totp', parsed.data)
  return { done: 'Sign-in asks for the password alone now.' }
}

export const INTENTS: Record<string, Intent> = {
  password: changePassword,
  'end-one': endOne,
  'end-all': endAll,
  'totp-begin': beginTotp,
  'totp-confirm': confirmTotp,
  'totp-remove': removeTotp,
}

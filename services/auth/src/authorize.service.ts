import type { Identity } from '@vitrine/contracts/identity'
import { signInPath } from '@vitrine/contracts/sign-in-path'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import type { AccessTokens } from './access-token.ts'
import type { Origin } from './account.ts'
import { recordOften } from './audit.service.ts'
import { type Access, audienceOf, decide, isCookieAllowed, isExpiredAllowed, isRedirected } from './authorize.rules.ts'
import type { FindIdentity, KnownIdentity } from './identity.service.ts'
import type { SignIdentity } from './identity-assertion.ts'
import type { AuthStore } from './store.repository.ts'

/** A request at the edge, as Traefik describes it. */
export interface Asked {
  access: Access
  method: string
  uri: string
  referer: string | null
  bearer: string | null
  cookie: string | null
  origin: Origin
}

export type Answer =
  | { outcome: 'pass'; assertion: string }
  | { outcome: 'redirect'; location: string }
  | { outcome: 'forbidden-page' }

const SECOND_FACTOR_PAGE = '/account/security?second-factor=required'

export interface AuthorizeDeps {
  store: AuthStore
  clock: Clock
  accessTokens: AccessTokens
  findIdentity: FindIdentity
  signIdentity: SignIdentity
  log: Log
}

/** Answers forward-auth: who is asking, and may they. Session and roles are read at each question. */
export function createAuthorizeService(deps: AuthorizeDeps) {
  const { store, clock, accessTokens, findIdentity, signIdentity, log } = deps

  async function identify({ access, method, bearer, cookie }: Asked): Promise<KnownIdentity | null> {
    const token = bearer ?? (isCookieAllowed(access, method) ? cookie : null)
    if (!token) return null
    const subject = await accessTokens.read(token, { isExpiredAllowed: isExpiredAllowed(access) })
    return subject ? findIdentity(subject) : null
  }

  async function keepRefusal(identity: Identity, permission: string | null, { method, uri, origin }: Asked) {
    const details = { permission, method, path: uri.split(/[?#]/)[0]?.slice(0, 200) }
    const { userId, sessionId } = identity
    await recordOften(store, clock.now(), origin, { action: 'access.refused', actor: userId, sessionId, details })
  }

  return {
    async authorize(asked: Asked): Promise<Answer> {
      const identity = await identify(asked)
      // A client that shows a bearer token must learn that it is worth nothing, not silently become a guest.
      if (!identity && asked.bearer && asked.access === 'anyone') throw signInFirst()
      const verdict = decide(asked.access, identity)
      if (verdict.outcome === 'pass')
        return { outcome: 'pass', assertion: identity ? await signIdentity(identity, audienceOf(asked.uri)) : '' }
      const isPage = isRedirected(asked.access, asked.uri)
      if (verdict.outcome === 'unauthenticated') {
        if (isPage) return { outcome: 'redirect', location: signInPath(asked) }
        throw signInFirst()
      }
      if (identity?.isSecondFactorMissing) {
        if (isPage) return { outcome: 'redirect', location: SECOND_FACTOR_PAGE }
        throw new AppError('forbidden', 'Your role needs a second factor. Add one under Security.', {
          permission: verdict.permission,
          secondFactor: 'missing',
        })
      }
      log.warn({ userId: identity?.userId, access: asked.access, method: asked.method }, 'access refused')
      if (identity) await keepRefusal(identity, verdict.permission, asked)
      if (isPage) return { outcome: 'forbidden-page' }
      throw forbidden(verdict.permission)
    },
  }
}

const signInFirst = () => new AppError('unauthenticated', 'Sign in first.')
const forbidden = (permission: string | null) =>
  permission
    ? new AppError('forbidden', `This needs the permission ${permission}.`, { permission })
    : new AppError('forbidden', 'This is for staff.')

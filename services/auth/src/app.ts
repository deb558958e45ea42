import { createServiceApp, type ServiceAppOptions } from '@vitrine/kernel/app'
import { createAccessTokens } from './access-token.ts'
import { addAddressRoutes } from './address.routes.ts'
import { createAddressService } from './address.service.ts'
import type { TakeAttempt } from './address-limit.redis.ts'
import { createAuditService } from './audit.service.ts'
import { addAuthorizeRoutes } from './authorize.routes.ts'
import { createAuthorizeService } from './authorize.service.ts'
import { createCredentialsService } from './credentials.service.ts'
import { createIdentityFinder } from './identity.service.ts'
import { createIdentitySigner } from './identity-assertion.ts'
import type { PasswordHasher } from './password.argon2.ts'
import { addProfileRoutes } from './profile.routes.ts'
import { createProfileService } from './profile.service.ts'
import { createRecoveryService } from './recovery.service.ts'
import { createRoleService } from './role.service.ts'
import { addSessionRoutes } from './session.routes.ts'
import { createSessionService } from './session.service.ts'
import type { SigningKeys } from './signing-keys.ts'
import { addStaffRoutes } from './staff.routes.ts'
import { createStaffService } from './staff.service.ts'
import type { AuthStore } from './store.repository.ts'
import type { ThrottleRepository } from './throttle.repository.ts'
import { createLoginThrottle } from './throttle.service.ts'

export interface AuthAppDeps extends Omit<ServiceAppOptions, 'name'> {
  store: AuthStore
  throttles: ThrottleRepository
  takeAttempt: TakeAttempt
  hasher: PasswordHasher
  keys: SigningKeys
  isHttps: boolean
}

export function createAuthApp(deps: AuthAppDeps) {
  const { store, clock, hasher, keys, takeAttempt, isHttps, log } = deps
  const accessTokens = createAccessTokens(keys, clock)
  const findIdentity = createIdentityFinder(store, clock)
  const throttle = createLoginThrottle(deps.throttles)
  const sessions = createSessionService({ store, clock, accessTokens })
  const credentials = createCredentialsService({ store, clock, hasher, throttle, takeAttempt, sessions })
  const recovery = createRecoveryService({ store, clock, hasher, throttle, takeAttempt })
  const profile = createProfileService({ store, clock, accessTokens, findIdentity, credentials })
  const signIdentity = createIdentitySigner(keys, clock)
  const authorize = createAuthorizeService({ store, clock, accessTokens, findIdentity, signIdentity, log })

  const app = createServiceApp({ ...deps, name: 'auth' })
  addAuthorizeRoutes(app, { authorize, publicKeys: keys.map(({ publicJwk }) => publicJwk), isHttps })
  addSessionRoutes(app, { credentials, sessions, profile })
  addProfileRoutes(app, { profile, recovery, credentials })
  addAddressRoutes(app, createAddressService({ store, clock }))
  addStaffRoutes(app, {
    staff: createStaffService({ store, clock }),
    roles: createRoleService({ store, clock }),
    audit: createAuditService({ store }),
  })
  return app
}

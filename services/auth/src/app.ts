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
import { createLoginChallenges } from './login-challenge.ts'
import type { Neighbours } from './neighbours.ts'
import type { PasswordHasher } from './password.argon2.ts'
import { createPersonalDataService } from './personal-data.service.ts'
import { addProfileRoutes } from './profile.routes.ts'
import { createProfileService } from './profile.service.ts'
import { createRecoveryService } from './recovery.service.ts'
import { createRoleService } from './role.service.ts'
import { addSecondFactorRoutes } from './second-factor.routes.ts'
import { createSecondFactorService } from './second-factor.service.ts'
import { addSessionRoutes } from './session.routes.ts'
import { createSessionService } from './session.service.ts'
import type { KeyRing } from './signing-keys.ts'
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
  keys: KeyRing
  isHttps: boolean
  neighbours: Neighbours
  isSecondFactorRequired: boolean
}

export function createAuthApp(deps: AuthAppDeps) {
  const { store, clock, hasher, keys, takeAttempt, isHttps, isSecondFactorRequired, log } = deps
  const accessTokens = createAccessTokens(keys, clock)
  const findIdentity = createIdentityFinder(store, clock, isSecondFactorRequired)
  const throttle = createLoginThrottle(deps.throttles)
  const sessions = createSessionService({ store, clock, accessTokens, isSecondFactorRequired })
  const secondFactor = createSecondFactorService({ store, clock, throttle, isSecondFactorRequired })
  const challenges = createLoginChallenges(keys, clock)
  const credentials = createCredentialsService({
    store,
    clock,
    hasher,
    throttle,
    takeAttempt,
    sessions,
    secondFactor,
    challenges,
  })
  const recovery = createRecoveryService({ store, clock, hasher, throttle, takeAttempt })
  const profile = createProfileService({ store, clock, accessTokens, findIdentity, credentials })
  const addresses = createAddressService({ store, clock })
  const audit = createAuditService({ store })
  const staff = createStaffService({ store, clock })
  const personalData = createPersonalDataService({ ...deps, profile, addresses, sessions, audit })
  const signIdentity = createIdentitySigner(keys, clock)
  const authorize = createAuthorizeService({ store, clock, accessTokens, findIdentity, signIdentity, log })

  const app = createServiceApp({ ...deps, name: 'auth' })
  addAuthorizeRoutes(app, { authorize, publicKeys: keys.publicKeys, isHttps })
  addSessionRoutes(app, { credentials, sessions, profile })
  addProfileRoutes(app, { profile, recovery, credentials, personalData })
  addAddressRoutes(app, addresses)
  addSecondFactorRoutes(app, { secondFactor, credentials, staff })
  addStaffRoutes(app, { staff, roles: createRoleService({ store, clock }), audit })
  return app
}

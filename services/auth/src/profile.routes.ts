import {
  ChangePasswordInput,
  Contact,
  Done,
  ForgotPasswordInput,
  PasswordProof,
  ProfileInput,
  ResetPasswordInput,
  User,
  VerifyEmailInput,
} from '@vitrine/contracts/auth'
import { PersonalData } from '@vitrine/contracts/personal-data'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { CredentialsService } from './credentials.service.ts'
import { originOf } from './origin.ts'
import type { PersonalDataService } from './personal-data.service.ts'
import type { ProfileService } from './profile.service.ts'
import type { RecoveryService } from './recovery.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'

const done = () => ok({ done: true as const })

export interface ProfileRoutesDeps {
  profile: ProfileService
  recovery: RecoveryService
  credentials: CredentialsService
  personalData: PersonalDataService
}

export function addProfileRoutes(app: ServiceApp, deps: ProfileRoutesDeps) {
  addOwnAccountRoutes(app, deps)
  addRecoveryRoutes(app, deps.recovery)
}

function addOwnAccountRoutes(app: ServiceApp, { profile, credentials, personalData }: ProfileRoutesDeps) {
  return app
    .get('/api/auth/me', async ({ identity }) => ok(await profile.getMe(requireIdentity(identity))), {
      signedIn: true,
      detail: { summary: 'Own account with roles and permissions' },
      response: replies(User),
    })
    .patch('/api/auth/me', async ({ identity, body }) => ok(await profile.updateMe(requireIdentity(identity), body)), {
      signedIn: true,
      body: ProfileInput,
      detail: { summary: 'Change the own profile' },
      response: replies(User),
    })
    .delete(
      '/api/auth/me',
      async ({ identity, body, request, requestId }) => {
        await profile.removeMe(requireIdentity(identity), body.password, originOf({ request, requestId }))
        return done()
      },
      {
        signedIn: true,
        body: PasswordProof,
        detail: { summary: 'Delete the own account', 'x-errors': ['rate_limited', 'forbidden'] },
        response: replies(Done),
      },
    )
    .post(
      '/api/auth/password/change',
      async ({ identity, body, request, requestId }) => {
        await credentials.changePassword(requireIdentity(identity), body, originOf({ request, requestId }))
        return done()
      },
      {
        signedIn: true,
        body: ChangePasswordInput,
        detail: { summary: 'Change the own password', 'x-errors': ['rate_limited'] },
        response: replies(Done),
      },
    )
    .get(
      '/api/auth/export',
      async ({ identity, requestId }) => ok(await personalData.collect(requireIdentity(identity), requestId)),
      {
        signedIn: true,
        response: replies(PersonalData),
        detail: { summary: 'Everything the shop keeps about one' },
      },
    )
    .get('/internal/auth/users/:id', async ({ params }) => ok(await profile.getContact(params.id)), {
      callers: ['orders', 'notifications'],
      params: z.object({ id: z.string() }),
      response: replies(Contact),
    })
}

function addRecoveryRoutes(app: ServiceApp, recovery: RecoveryService) {
  return app
    .post(
      '/api/auth/verify-email',
      async ({ body, request, requestId }) => {
        await recovery.verifyEmail(body.token, originOf({ request, requestId }))
        return done()
      },
      {
        body: VerifyEmailInput,
        detail: { summary: "Confirm a mail address by the link's token" },
        response: replies(Done),
      },
    )
    .post(
      '/api/auth/verify-email/resend',
      async ({ identity, request, requestId, set }) => {
        await recovery.resendVerification(requireIdentity(identity).userId, originOf({ request, requestId }))
        set.status = 202
        return done()
      },
      { signedIn: true, detail: { summary: 'Send the confirmation link again' }, response: replies(Done, 202) },
    )
    .post(
      '/api/auth/password/forgot',
      async ({ body, request, requestId, set }) => {
        await recovery.forgot(body.email, originOf({ request, requestId }))
        set.status = 202
        return done()
      },
      {
        body: ForgotPasswordInput,
        detail: { summary: 'Ask for a link to choose a new password', 'x-errors': ['rate_limited'] },
        response: replies(Done, 202),
      },
    )
    .post(
      '/api/auth/password/reset',
      async ({ body, request, requestId }) => {
        await recovery.reset(body, originOf({ request, requestId }))
        return done()
      },
      {
        body: ResetPasswordInput,
        detail: { summary: "Choose a new password by the link's token", 'x-errors': ['rate_limited'] },
        response: replies(Done),
      },
    )
}

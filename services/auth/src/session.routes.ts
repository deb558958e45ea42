import {
  Done,
  LoginInput,
  LogoutInput,
  RefreshInput,
  RegisterInput,
  Sessions,
  SignedIn,
  TokenStatus,
  VerifyTokenInput,
} from '@vitrine/contracts/auth'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { CredentialsService } from './credentials.service.ts'
import { bearerOf, originOf } from './origin.ts'
import type { ProfileService } from './profile.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'
import type { SessionService } from './session.service.ts'

const done = () => ok({ done: true as const })

export interface SessionRoutesDeps {
  credentials: CredentialsService
  sessions: SessionService
  profile: ProfileService
}

export function addSessionRoutes(app: ServiceApp, { credentials, sessions, profile }: SessionRoutesDeps) {
  return app
    .post(
      '/api/auth/register',
      async ({ body, set, request, requestId }) => {
        const signedIn = await credentials.register(body, originOf({ request, requestId }))
        set.status = 201
        return ok(signedIn)
      },
      { body: RegisterInput, response: replies(SignedIn, 201) },
    )
    .post(
      '/api/auth/login',
      async ({ body, request, requestId }) => ok(await credentials.login(body, originOf({ request, requestId }))),
      { body: LoginInput, response: replies(SignedIn) },
    )
    .post(
      '/api/auth/refresh',
      async ({ body, request, requestId }) =>
        ok(await sessions.refresh(body.refreshToken, originOf({ request, requestId }))),
      { body: RefreshInput, response: replies(SignedIn) },
    )
    .post(
      '/api/auth/logout',
      async ({ body, request, requestId }) => {
        await sessions.logout({ bearer: bearerOf(request), ...body }, originOf({ request, requestId }))
        return done()
      },
      { body: LogoutInput, response: replies(Done) },
    )
    .post('/api/auth/verify-token', async ({ body }) => ok(await profile.getTokenStatus(body.token)), {
      body: VerifyTokenInput,
      response: replies(TokenStatus),
    })
    .get(
      '/api/auth/sessions',
      async ({ identity }) => {
        const { userId, sessionId } = requireIdentity(identity)
        return ok(await sessions.list(userId, sessionId))
      },
      { signedIn: true, response: replies(Sessions) },
    )
    .delete(
      '/api/auth/sessions/:id',
      async ({ identity, params, request, requestId }) => {
        await sessions.revoke(params.id, requireIdentity(identity).userId, originOf({ request, requestId }))
        return done()
      },
      { signedIn: true, params: z.object({ id: z.string() }), response: replies(Done) },
    )
    .delete(
      '/api/auth/sessions',
      async ({ identity, request, requestId }) => {
        await sessions.revokeAll(requireIdentity(identity).userId, originOf({ request, requestId }))
        return done()
      },
      { signedIn: true, response: replies(Done) },
    )
}

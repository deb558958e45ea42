import {
  Done,
  LoginCodeInput,
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
      {
        body: RegisterInput,
        detail: { summary: 'Make an account and sign in', 'x-errors': ['rate_limited'] },
        response: replies(SignedIn, 201),
      },
    )
    .post(
      '/api/auth/login',
      async ({ body, request, requestId }) => ok(await credentials.login(body, originOf({ request, requestId }))),
      {
        body: LoginInput,
        detail: { summary: 'Sign in', 'x-errors': ['rate_limited', 'forbidden'] },
        response: replies(SignedIn),
      },
    )
    .post(
      '/api/auth/login/code',
      async ({ body, request, requestId }) =>
        ok(await credentials.loginWithCode(body, originOf({ request, requestId }))),
      {
        body: LoginCodeInput,
        detail: { summary: 'Go on with a sign-in that owes its code', 'x-errors': ['rate_limited', 'forbidden'] },
        response: replies(SignedIn),
      },
    )
    .post(
      '/api/auth/refresh',
      async ({ body, request, requestId }) =>
        ok(await sessions.refresh(body.refreshToken, originOf({ request, requestId }))),
      { body: RefreshInput, detail: { summary: 'Change a refresh token for a new pair' }, response: replies(SignedIn) },
    )
    .post(
      '/api/auth/logout',
      async ({ body, request, requestId }) => {
        await sessions.logout({ bearer: bearerOf(request), ...body }, originOf({ request, requestId }))
        return done()
      },
      { body: LogoutInput, detail: { summary: 'Sign out of this session' }, response: replies(Done) },
    )
    .post('/api/auth/verify-token', async ({ body }) => ok(await profile.getTokenStatus(body.token)), {
      body: VerifyTokenInput,
      detail: { summary: 'Say whether an access token is good' },
      response: replies(TokenStatus),
    })
    .get(
      '/api/auth/sessions',
      async ({ identity }) => {
        const { userId, sessionId } = requireIdentity(identity)
        return ok(await sessions.list(userId, sessionId))
      },
      { signedIn: true, detail: { summary: 'Own sessions' }, response: replies(Sessions) },
    )
    .delete(
      '/api/auth/sessions/:id',
      async ({ identity, params, request, requestId }) => {
        await sessions.revoke(params.id, requireIdentity(identity).userId, originOf({ request, requestId }))
        return done()
      },
      {
        signedIn: true,
        params: z.object({ id: z.string() }),
        detail: { summary: 'Sign one device out' },
        response: replies(Done),
      },
    )
    .delete(
      '/api/auth/sessions',
      async ({ identity, request, requestId }) => {
        await sessions.revokeAll(requireIdentity(identity).userId, originOf({ request, requestId }))
        return done()
      },
      { signedIn: true, detail: { summary: 'Sign out everywhere' }, response: replies(Done) },
    )
}

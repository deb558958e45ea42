import {
  Done,
  PasswordProof,
  RecoveryCodes,
  SecondFactorOffer,
  SecondFactorProof,
  SecondFactorStatus,
} from '@vitrine/contracts/auth'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { CredentialsService } from './credentials.service.ts'
import { originOf } from './origin.ts'
import type { SecondFactorService } from './second-factor.service.ts'
import { requireIdentity, type ServiceApp } from './service-app.ts'
import type { StaffService } from './staff.service.ts'

const PATH = '/api/auth/totp'

export interface SecondFactorRoutesDeps {
  secondFactor: SecondFactorService
  credentials: CredentialsService
  staff: StaffService
}

export function addSecondFactorRoutes(app: ServiceApp, { secondFactor, credentials, staff }: SecondFactorRoutesDeps) {
  const prove = (userId: string, password: string) =>
    credentials.requireAccountWithPassword(userId, password, 'password')
  return app
    .get(PATH, async ({ identity }) => ok(await secondFactor.getStatus(requireIdentity(identity))), {
      signedIn: true,
      response: replies(SecondFactorStatus),
      detail: { summary: 'Whether sign-in asks for a code' },
    })
    .post(
      PATH,
      async ({ identity, body }) =>
        ok(await secondFactor.begin(await prove(requireIdentity(identity).userId, body.password))),
      {
        signedIn: true,
        body: PasswordProof,
        response: replies(SecondFactorOffer),
        detail: { summary: 'Begin to add an authenticator app', 'x-errors': ['rate_limited'] },
      },
    )
    .post(
      `${PATH}/confirm`,
      async ({ identity, body, request, requestId }) =>
        ok(await secondFactor.confirm(requireIdentity(identity), body.code, originOf({ request, requestId }))),
      {
        signedIn: true,
        body: SecondFactorProof,
        response: replies(RecoveryCodes),
        detail: {
          summary: 'Confirm the app with its first code; answers recovery codes, once',
          'x-errors': ['rate_limited'],
        },
      },
    )
    .delete(
      PATH,
      async ({ identity, body, request, requestId }) => {
        const by = requireIdentity(identity)
        await prove(by.userId, body.password)
        await secondFactor.remove(by.userId, by, originOf({ request, requestId }))
        return ok({ done: true as const })
      },
      {
        signedIn: true,
        body: PasswordProof,
        response: replies(Done),
        detail: { summary: 'Remove the app', 'x-errors': ['rate_limited'] },
      },
    )
    .delete(
      '/api/auth/users/:id/totp',
      async ({ identity, params, request, requestId }) => {
        const by = requireIdentity(identity)
        const origin = originOf({ request, requestId })
        await staff.requireMayChange(by, params.id, origin)
        await secondFactor.remove(params.id, by, origin)
        return ok({ done: true as const })
      },
      {
        permission: 'staff:write',
        params: z.object({ id: z.string() }),
        response: replies(Done),
        detail: { summary: 'Remove the app of somebody who lost it' },
      },
    )
}

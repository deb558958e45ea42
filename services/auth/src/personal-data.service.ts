import type { Identity } from '@vitrine/contracts/identity'
import type { PersonalData } from '@vitrine/contracts/personal-data'
import { AuditQuery } from '@vitrine/contracts/staff'
import type { Clock } from '@vitrine/kernel/clock'
import type { AddressService } from './address.service.ts'
import type { AuditService } from './audit.service.ts'
import type { Neighbours } from './neighbours.ts'
import type { ProfileService } from './profile.service.ts'
import type { SessionService } from './session.service.ts'

export interface PersonalDataDeps {
  clock: Clock
  neighbours: Neighbours
  profile: ProfileService
  addresses: AddressService
  sessions: SessionService
  audit: AuditService
}

const MOST_ACTS = 100

export function createPersonalDataService(deps: PersonalDataDeps) {
  return {
    /** Complete or not at all: `unavailable` when one of the services does not answer. */
    async collect(identity: Identity, requestId: string): Promise<PersonalData> {
      const { userId, sessionId } = identity
      const account = await deps.profile.getMe(identity)
      const [addresses, sessions, acts, kept] = await Promise.all([
        deps.addresses.list(userId),
        deps.sessions.list(userId, sessionId),
        deps.audit.list(AuditQuery.parse({ actor: userId, limit: MOST_ACTS })),
        deps.neighbours.listKept({ userId, email: account.email }, requestId),
      ])
      return {
        exportedAt: deps.clock.now().toISOString(),
        account,
        addresses: addresses.items,
        sessions: sessions.items,
        acts: acts.items,
        ...kept,
      }
    },
  }
}

export type PersonalDataService = ReturnType<typeof createPersonalDataService>

import type { Call } from './call.ts'
import type { DisputeService } from './disputes.service.ts'
import { randomId } from './keys.ts'
import type { ObjectRepository, Stored } from './objects.repository.ts'
import type { RefundService } from './refunds.service.ts'

const LEASE_MS = 30_000

interface LaterDeps {
  objects: ObjectRepository
  refunds: RefundService
  disputes: DisputeService
}

const callFor = (stored: Stored, now: Date): Call => ({
  account: stored.account,
  access: 'secret',
  key: '',
  params: {},
  now,
  requestId: randomId('req'),
  idempotencyKey: null,
  newId: randomId,
})

/** Does one thing that was to happen by itself, as a refund that settles. False: nothing is due. */
export function createLaterService({ objects, refunds, disputes }: LaterDeps) {
  return {
    async run(now: Date): Promise<boolean> {
      const stored = await objects.claimLater(now, new Date(now.getTime() + LEASE_MS))
      if (!stored) return false
      const call = callFor(stored, now)
      if (stored.object.object === 'refund') await refunds.settle(call, stored)
      if (stored.object.object === 'dispute') await disputes.settle(call, stored)
      const after = await objects.find(stored.account, stored.object.id)
      const isUnchanged = after?.version === stored.version
      if (isUnchanged) await objects.commit({ account: stored.account, later: [{ id: stored.object.id, at: null }] })
      return true
    },
    nextAt: () => objects.nextLaterAt(),
  }
}

export type LaterService = ReturnType<typeof createLaterService>

import type { Clock } from '@vitrine/kernel/clock'
import { startLeasedLoop } from '@vitrine/kernel/lease'
import type { Log } from '@vitrine/kernel/log'
import type { SettlementService } from './settlement.service.ts'

type Connection = Parameters<typeof startLeasedLoop>[0]['connection']

const EXPIRY_EVERY_MS = 5000
const RESUME_EVERY_MS = 5000

/** What goes on without any request: orders expire, and what was left half done is taken to its end. */
export function startLoops(deps: { connection: Connection; settlement: SettlementService; clock: Clock; log: Log }) {
  const { connection, settlement, clock, log } = deps
  return [
    startLeasedLoop({
      connection,
      log,
      name: 'expiry',
      everyMs: EXPIRY_EVERY_MS,
      run: () => settlement.expireDue(clock.now()),
    }),
    startLeasedLoop({
      connection,
      log,
      name: 'settlement',
      everyMs: RESUME_EVERY_MS,
      run: () => settlement.resumeUnsettled(clock.now()),
    }),
  ]
}

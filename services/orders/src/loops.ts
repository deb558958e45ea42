import type { Clock } from '@vitrine/kernel/clock'
import { startLeasedLoop } from '@vitrine/kernel/lease'
import type { Log } from '@vitrine/kernel/log'
import type { OrderPeople } from './people.mongo.ts'
import type { SettlementService } from './settlement.service.ts'

type Connection = Parameters<typeof startLeasedLoop>[0]['connection']

const EXPIRY_EVERY_MS = 5000
const RESUME_EVERY_MS = 5000
const ANONYMISE_EVERY_MS = 60_000

/** What goes on without any request: orders expire, and what was left half done is taken to its end. */
export function startLoops(deps: {
  connection: Connection
  settlement: SettlementService
  people: OrderPeople
  clock: Clock
  log: Log
}) {
  const { connection, settlement, people, clock, log } = deps
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
    startLeasedLoop({
      connection,
      log,
      name: 'anonymise',
      everyMs: ANONYMISE_EVERY_MS,
      run: () => people.anonymiseFinished(),
    }),
  ]
}

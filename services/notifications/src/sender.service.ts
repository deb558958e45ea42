import type { Clock } from '@vitrine/kernel/clock'
import { delaySeconds, isEmptiedAfter, PERSONAL_BODY, statusAfter } from './mail.rules.ts'
import type { MessageRepository } from './message.repository.ts'
import type { Mailer } from './smtp.ts'

const HOLD_SECONDS = 60
const BATCH = 20

/** Sends what is due, a batch at most; answers how many were tried. A try that dies is taken up again when its hold ends. */
export function createSender<Session>(deps: { messages: MessageRepository<Session>; mailer: Mailer; clock: Clock }) {
  const { messages, mailer, clock } = deps
  return async function sendDue(): Promise<number> {
    for (let tried = 0; tried < BATCH; tried++) {
      const claim = await messages.claimDue(clock.now(), HOLD_SECONDS)
      if (!claim) return tried
      const delivery = await mailer.deliver(claim)
      const status = statusAfter(delivery, claim.attempts)
      const now = clock.now()
      await messages.settle(claim, {
        status,
        nextAttemptAt: new Date(now.getTime() + delaySeconds(claim.attempts) * 1000),
        ...(status === 'sent' ? { sentAt: now } : {}),
        ...(isEmptiedAfter(status, claim.template) ? { body: PERSONAL_BODY } : {}),
        ...(delivery.outcome === 'accepted' ? {} : { lastError: delivery.reason }),
      })
    }
    return BATCH
  }
}

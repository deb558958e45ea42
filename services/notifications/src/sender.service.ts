import type { Clock } from '@vitrine/kernel/clock'
import { type Channels, namesOf } from './channel.ts'
import { delaySeconds, isEmptiedAfter, PERSONAL_BODY, statusAfter } from './mail.rules.ts'
import type { MessageRepository } from './message.repository.ts'

const HOLD_SECONDS = 60
const BATCH = 20

/** Sends what is due, a batch at most; answers how many were tried. A try that dies is taken up again when its hold ends. */
export function createSender<Session>(deps: {
  messages: MessageRepository<Session>
  channels: Channels
  clock: Clock
}) {
  const { messages, channels, clock } = deps
  const names = namesOf(channels)
  return async function sendDue(): Promise<number> {
    for (let tried = 0; tried < BATCH; tried++) {
      const claim = await messages.claimDue(names, clock.now(), HOLD_SECONDS)
      const channel = claim && channels[claim.channel]
      if (!claim || !channel) return tried
      const delivery = await channel.deliver(claim)
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

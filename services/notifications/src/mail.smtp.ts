import nodemailer from 'nodemailer'
import type { Channel } from './channel.ts'
import { messageIdOf, outcomeOf } from './mail.rules.ts'

const responseCodeOf = (error: Error): number | undefined =>
  'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined

/** Delivers by SMTP with short time-outs; an answer is always a value, never an exception. */
export function createMailer(smtpUrl: string, from: string): Channel {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
    socketTimeout: 15_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async deliver({ cause, resends, to, subject, html, text }) {
      try {
        await transport.sendMail({ messageId: messageIdOf(cause, resends), from, to, subject, html, text })
        return { outcome: 'accepted' }
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error))
        return { outcome: outcomeOf(responseCodeOf(failure)), reason: failure.message.slice(0, 300) }
      }
    },
    close: () => transport.close(),
  }
}

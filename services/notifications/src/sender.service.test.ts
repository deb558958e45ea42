import { afterAll, beforeAll, expect, test } from 'bun:test'
import { SMTPServer } from 'smtp-server'
import { createMailer } from './mail.smtp.ts'
import { startMailbox } from './mailbox.testing.ts'
import { createSender } from './sender.service.ts'

type Received = { to: string; raw: string }

/** A real SMTP server; addresses at refused.example get 550, at busy.example 451. */
function startSmtp() {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const code = address.endsWith('refused.example') ? 550 : address.endsWith('busy.example') ? 451 : 0
      done(code ? Object.assign(new Error('not now'), { responseCode: code }) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  return new Promise<{ url: string; received: Received[]; stop: () => Promise<void> }>((ready) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      const port = typeof address === 'object' && address ? address.port : 0
      ready({
        url: `smtp://127.0.0.1:${port}`,
        received,
        stop: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}

let mailbox: Awaited<ReturnType<typeof startMailbox>>
let smtp: Awaited<ReturnType<typeof startSmtp>>
beforeAll(async () => {
  mailbox = await startMailbox({ channels: ['mail', 'sms'] })
  smtp = await startSmtp()
}, 30_000)
afterAll(async () => {
  await smtp.stop()
  await mailbox.stop()
})

const senderTo = (url: string) =>
  createSender({
    messages: mailbox.messages,
    channels: { mail: createMailer(url, 'Vitrine <shop@vitrine.test>') },
    clock: mailbox.clock,
  })

const write = (to: string) => mailbox.service.write({ to, subject: 'Hello', text: 'Hi' })

test('a queued message reaches the mail server once, with both versions and its own id', async () => {
  const { id } = await write('one@example.com')
  const sendDue = senderTo(smtp.url)
  await sendDue()
  await sendDue()
  const mails = smtp.received.filter((mail) => mail.to === 'one@example.com')
  expect(mails).toHaveLength(1)
  expect(mails[0]?.raw).toMatch(/Message-ID: <written_\w+\.custom@vitrine\.mail>/i)
  expect(mails[0]?.raw).toContain('text/plain')
  expect(mails[0]?.raw).toContain('text/html')
  expect(await mailbox.service.get(id)).toMatchObject({ status: 'sent', attempts: 1 })
})

test('a refused recipient fails the message for good and says why', async () => {
  const { id } = await write('nobody@refused.example')
  await senderTo(smtp.url)()
  const message = await mailbox.service.get(id)
  expect(message.status).toBe('failed')
  expect(message.lastError).toContain('not now')
})

test('a busy server gets the message again after the delay, and not before', async () => {
  const { id } = await write('later@busy.example')
  const sendDue = senderTo(smtp.url)
  await sendDue()
  await sendDue()
  expect(await mailbox.service.get(id)).toMatchObject({ status: 'queued', attempts: 1 })
  mailbox.clock.advance(5000)
  await sendDue()
  expect(await mailbox.service.get(id)).toMatchObject({ status: 'queued', attempts: 2 })
})

test('a message is parked after eight tries without a server, and a resend starts anew', async () => {
  const { id } = await write('away@example.com')
  const sendNowhere = senderTo('smtp://127.0.0.1:1')
  for (let attempt = 0; attempt < 8; attempt++) {
    await sendNowhere()
    mailbox.clock.advance(15 * 60_000)
  }
  expect(await mailbox.service.get(id)).toMatchObject({ status: 'parked', attempts: 8 })
  await mailbox.service.resend(id)
  await senderTo(smtp.url)()
  expect(await mailbox.service.get(id)).toMatchObject({ status: 'sent', attempts: 1, resends: 1 })
})

test('a personal link leaves the mailbox once its mail is sent', async () => {
  const content = { subject: 'Choose a new password', html: 'secret-link', text: 'secret-link' }
  const notice = {
    cause: 'evt_r/password-reset',
    to: 'reset@example.com',
    template: 'password-reset' as const,
    content,
  }
  const id = await mailbox.service.notify(notice)
  await senderTo(smtp.url)()
  const message = await mailbox.service.get(id)
  expect(message.status).toBe('sent')
  expect(message.text + message.html).not.toContain('secret-link')
  expect(smtp.received.at(-1)?.raw).toContain('secret-link')
})

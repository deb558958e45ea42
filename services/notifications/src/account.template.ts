import type { EventData } from '@vitrine/contracts/events'
import type { MessageInput } from '@vitrine/contracts/notifications'
import { html } from './html.rules.ts'
import { type MailAction, type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'

type Link = { subject: string; title: string; sentences: string[]; action?: MailAction; publicUrl: string }

function accountMail({ subject, title, sentences, action, publicUrl }: Link): MailContent {
  return {
    subject,
    html: mailHtml({
      subject,
      title,
      preview: sentences[0] ?? title,
      body: html`${sentences.map(paragraph)}`,
      action,
      publicUrl,
    }),
    text: textOf([...sentences, ...(action ? ['', `${action.label}: ${action.url}`] : [])]),
  }
}

const linkTo = (publicUrl: string, path: string, token?: string): string =>
  `${publicUrl.replace(/\/$/, '')}${path}${token === undefined ? '' : `?token=${encodeURIComponent(token)}`}`

export const welcome = (user: EventData<'user.registered'>, publicUrl: string): MailContent =>
  accountMail({
    subject: 'Welcome to Vitrine',
    title: 'Your account is ready',
    sentences: [`Hello ${user.name}. Your account is ready: your orders and addresses are kept there.`],
    action: { label: 'Open your account', url: linkTo(publicUrl, '/account') },
    publicUrl,
  })

export const verifyEmail = (user: EventData<'user.verification_requested'>, publicUrl: string): MailContent =>
  accountMail({
    subject: 'Confirm your mail address',
    title: 'Is this your address?',
    sentences: [
      `Hello ${user.name}. Confirm that this mail address is yours.`,
      'If you did not ask for this, leave it: nothing happens.',
    ],
    action: { label: 'Confirm the address', url: linkTo(publicUrl, '/verify', user.token) },
    publicUrl,
  })

export const passwordReset = (user: EventData<'user.password_reset_requested'>, publicUrl: string): MailContent =>
  accountMail({
    subject: 'Choose a new password',
    title: 'Choose a new password',
    sentences: [
      `Hello ${user.name}. Somebody, probably you, asked for a new password for this address.`,
      'If it was not you, leave this mail: your password stays as it is.',
    ],
    action: { label: 'Choose a new password', url: linkTo(publicUrl, '/reset', user.token) },
    publicUrl,
  })

export const passwordChanged = (user: EventData<'user.password_changed'>, publicUrl: string): MailContent =>
  accountMail({
    subject: 'Your password was changed',
    title: 'Your password was changed',
    sentences: [
      `Hello ${user.name}. The password of your account was changed just now.`,
      'If it was not you, choose a new one at once.',
    ],
    action: { label: 'This was not me', url: linkTo(publicUrl, '/forgot') },
    publicUrl,
  })

export const invitation = (user: EventData<'user.invited'>, publicUrl: string): MailContent =>
  accountMail({
    subject: 'You are invited to run Vitrine',
    title: 'You are invited',
    sentences: [`Hello ${user.name}. A colleague invited you to help run the shop. Choose a password to begin.`],
    action: { label: 'Choose a password', url: linkTo(publicUrl, '/reset', user.token) },
    publicUrl,
  })

/** A mail written by hand: blank lines part paragraphs, single ones break the line. */
export function custom({ subject, text }: Pick<MessageInput, 'subject' | 'text'>, publicUrl: string): MailContent {
  const paragraphs = text.split(/\r?\n\s*\r?\n/).map((block) => {
    const lines = block.split(/\r?\n/).map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))
    return html`<p class="soft" style="margin:0 0 18px;color:#3d4d46">${lines}</p>`
  })
  return {
    subject,
    html: mailHtml({ subject, title: subject, preview: text.slice(0, 120), body: html`${paragraphs}`, publicUrl }),
    text,
  }
}

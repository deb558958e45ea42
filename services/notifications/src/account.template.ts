import type { EventData } from '@vitrine/contracts/events'
import type { MessageInput } from '@vitrine/contracts/notifications'
import { html } from './html.rules.ts'
import { type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'

export function welcome(user: EventData<'user.registered'>, publicUrl: string): MailContent {
  const subject = 'Welcome to Vitrine'
  const sentence = `Hello ${user.name}. Your account is ready: your orders and addresses are kept there.`
  const url = `${publicUrl.replace(/\/$/, '')}/account`
  return {
    subject,
    html: mailHtml({
      subject,
      title: 'Your account is ready',
      preview: sentence,
      body: paragraph(sentence),
      action: { label: 'Open your account', url },
      publicUrl,
    }),
    text: textOf([sentence, '', `Open your account: ${url}`]),
  }
}

/** A mail written by hand: blank lines part paragraphs, single ones break the line. */
export function custom({ subject, text }: Pick<MessageInput, 'subject' | 'text'>, publicUrl: string): MailContent {
  const paragraphs = text.split(/\r?\n\s*\r?\n/).map((block) => {
    const lines = block.split(/\r?\n/).map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))
    return html`<p style="margin:0 0 20px;color:#3d4d46">${lines}</p>`
  })
  return {
    subject,
    html: mailHtml({ subject, title: subject, preview: text.slice(0, 120), body: html`${paragraphs}`, publicUrl }),
    text,
  }
}

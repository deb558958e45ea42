import type { EventData } from '@vitrine/contracts/events'
import { html } from './html.rules.ts'
import { type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'
import { formatMoney } from './money.rules.ts'
import { lookupUrl } from './order-links.rules.ts'

type Line = EventData<'order.confirmed'>['lines'][number]

const variantOf = (line: Line): string =>
  Object.entries(line.options)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')

const row = (line: Line) => html`
<tr><td style="padding:12px 0;border-top:1px solid #dde5e1"><strong style="font-weight:600">${line.title}</strong><br>
<span style="color:#58675f;font-size:14px">${[variantOf(line), `Quantity ${line.quantity}`].filter(Boolean).join(' · ')}</span></td>
<td align="right" valign="top" style="padding:12px 0;border-top:1px solid #dde5e1;white-space:nowrap">${formatMoney(line.total)}</td></tr>`

/** The mail a buyer gets once the payment is through. */
export function orderConfirmed(order: EventData<'order.confirmed'>, publicUrl: string): MailContent {
  const subject = `Order ${order.number} is confirmed`
  const url = lookupUrl(publicUrl, order.number)
  const total = formatMoney(order.total)
  const greeting = `Thank you, ${order.shippingName}. Your payment arrived and we are packing your order.`
  const table = html`
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">
<tr><td colspan="2" style="padding:0 0 10px;color:#58675f;font-size:14px">Order ${order.number}</td></tr>
${order.lines.map(row)}
<tr><td style="padding:14px 0;border-top:2px solid #0f1f1a;font-weight:600">Total with shipping and tax</td>
<td align="right" style="padding:14px 0;border-top:2px solid #0f1f1a;font-weight:600;white-space:nowrap">${total}</td></tr></table>`
  return {
    subject,
    html: mailHtml({
      subject,
      title: 'Your order is confirmed',
      preview: `Order ${order.number}, ${total}`,
      body: html`${paragraph(greeting)}${table}`,
      action: { label: 'See your order', url },
      publicUrl,
    }),
    text: textOf([
      greeting,
      '',
      `Order ${order.number}`,
      '',
      ...order.lines.map((line) => {
        const variant = variantOf(line)
        return `${line.quantity} x ${line.title}${variant ? ` (${variant})` : ''}  ${formatMoney(line.total)}`
      }),
      '',
      `Total with shipping and tax: ${total}`,
      '',
      `See your order: ${url}`,
    ]),
  }
}

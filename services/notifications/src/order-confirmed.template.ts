import type { EventData } from '@vitrine/contracts/events'
import { html, type SafeHtml } from './html.rules.ts'
import { type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'
import { formatMoney } from './money.rules.ts'
import { lookupUrl } from './order-links.rules.ts'

type Confirmed = EventData<'order.confirmed'>
type Line = Confirmed['lines'][number]

const variantOf = (line: Line): string =>
  Object.entries(line.options)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ')

const row = (line: Line) => html`
<tr><td class="line ink" style="padding:13px 12px 13px 0;border-top:1px solid #dde5e1;color:#0f1f1a"><strong style="font-weight:600">${line.title}</strong><br>
<span class="quiet" style="color:#58675f;font-size:14px">${[variantOf(line), `Quantity ${line.quantity}`].filter(Boolean).join(' · ')}</span></td>
<td class="line ink" align="right" valign="top" style="padding:13px 0;border-top:1px solid #dde5e1;color:#0f1f1a;white-space:nowrap">${formatMoney(line.total)}</td></tr>`

/** What stands between the lines and the total; nothing that is zero but shipping, which is then free. */
function sumsOf({ sums, shippingMethod }: Confirmed): (readonly [term: string, value: string])[] {
  if (!sums) return []
  const { subtotal, discount, shipping, tax, taxIncluded } = sums
  return [
    ['Items', formatMoney(subtotal)],
    ...(discount.amount > 0 ? [['Discount', `−${formatMoney(discount)}`] as const] : []),
    [shippingMethod ? `Shipping, ${shippingMethod}` : 'Shipping', shipping.amount > 0 ? formatMoney(shipping) : 'Free'],
    ...(tax.amount > 0 ? [[taxIncluded ? 'Tax, included' : 'Tax', formatMoney(tax)] as const] : []),
  ]
}

const sumRow = ([term, value]: readonly [string, string], index: number): SafeHtml => html`
<tr><td class="${index === 0 ? 'line quiet' : 'quiet'}" style="padding:${index === 0 ? 12 : 2}px 0 2px;color:#58675f;font-size:14px;${index === 0 ? 'border-top:1px solid #dde5e1' : ''}">${term}</td>
<td class="${index === 0 ? 'line quiet' : 'quiet'}" align="right" style="padding:${index === 0 ? 12 : 2}px 0 2px;color:#58675f;font-size:14px;white-space:nowrap;${index === 0 ? 'border-top:1px solid #dde5e1' : ''}">${value}</td></tr>`

const totalTerm = (order: Confirmed): string => (order.sums ? 'Total' : 'Total with shipping and tax')

function addressLines({ address }: Confirmed): string[] {
  if (!address) return []
  const { name, line1, line2, postalCode, city, region, country } = address
  return [name, line1, line2 ?? '', `${postalCode} ${city}`, region ?? '', country].filter((line) => line !== '')
}

function goesTo(order: Confirmed): SafeHtml {
  const lines = addressLines(order)
  if (lines.length === 0) return html``
  return html`<p class="quiet" style="margin:0 0 4px;color:#58675f;font-size:14px">Goes to</p>
<p class="ink" style="margin:0 0 24px;color:#0f1f1a;font-size:15px;line-height:1.5">${lines.map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}</p>`
}

function orderTable(order: Confirmed): SafeHtml {
  return html`
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 26px">
<tr><td colspan="2" class="quiet" style="padding:0 0 10px;color:#58675f;font-size:14px">Order ${order.number}</td></tr>
${order.lines.map(row)}${sumsOf(order).map(sumRow)}
<tr><td height="10" colspan="2" style="font-size:0;line-height:10px">&nbsp;</td></tr>
<tr><td class="rule ink" style="padding:14px 0 0;border-top:2px solid #0f1f1a;color:#0f1f1a;font-weight:600">${totalTerm(order)}</td>
<td class="rule ink" align="right" style="padding:14px 0 0;border-top:2px solid #0f1f1a;color:#0f1f1a;font-size:18px;font-weight:600;white-space:nowrap">${formatMoney(order.total)}</td></tr></table>`
}

/** The mail a buyer gets once the payment is through. */
export function orderConfirmed(order: Confirmed, publicUrl: string): MailContent {
  const subject = `Order ${order.number} is confirmed`
  const url = lookupUrl(publicUrl, order.number)
  const greeting = `Thank you, ${order.shippingName}. Your payment arrived and we are packing your order.`
  const address = addressLines(order)
  return {
    subject,
    html: mailHtml({
      subject,
      title: 'Your order is confirmed',
      preview: `Order ${order.number}, ${formatMoney(order.total)}`,
      body: html`${paragraph(greeting)}${orderTable(order)}${goesTo(order)}`,
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
      ...sumsOf(order).map(([term, value]) => `${term}: ${value}`),
      `${totalTerm(order)}: ${formatMoney(order.total)}`,
      ...(address.length > 0 ? ['', 'Goes to', ...address] : []),
      '',
      `See your order: ${url}`,
    ]),
  }
}

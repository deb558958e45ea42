import type { EventData } from '@vitrine/contracts/events'
import { html } from './html.rules.ts'
import { type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'
import { formatMoney } from './money.rules.ts'
import { lookupUrl } from './order-links.rules.ts'

type News = { subject: string; title: string; sentences: string[]; number: string; publicUrl: string }

function news({ subject, title, sentences, number, publicUrl }: News): MailContent {
  const url = lookupUrl(publicUrl, number)
  return {
    subject,
    html: mailHtml({
      subject,
      title,
      preview: sentences[0] ?? title,
      body: html`${sentences.map(paragraph)}`,
      action: { label: 'See your order', url },
      publicUrl,
    }),
    text: textOf([title, '', ...sentences, '', `See your order: ${url}`]),
  }
}

export const orderShipped = (order: EventData<'order.shipped'>, publicUrl: string): MailContent =>
  news({
    subject: `Order ${order.number} is on its way`,
    title: 'Your order is on its way',
    sentences: [
      `We gave order ${order.number} to ${order.carrier}.`,
      ...(order.tracking ? [`The tracking number is ${order.tracking}.`] : []),
    ],
    number: order.number,
    publicUrl,
  })

export const orderDelivered = (order: EventData<'order.delivered'>, publicUrl: string): MailContent =>
  news({
    subject: `Order ${order.number} has arrived`,
    title: 'Your order has arrived',
    sentences: [`Order ${order.number} was delivered. If something is missing or broken, answer this mail.`],
    number: order.number,
    publicUrl,
  })

export const orderCancelled = (order: EventData<'order.cancelled'>, publicUrl: string): MailContent =>
  news({
    subject: `Order ${order.number} is cancelled`,
    title: 'Your order is cancelled',
    sentences: [
      order.wasPaid
        ? `Order ${order.number} is cancelled. We send ${formatMoney(order.total)} back to the card you paid with; banks take up to ten days.`
        : `Order ${order.number} is cancelled. Nothing was charged.`,
    ],
    number: order.number,
    publicUrl,
  })

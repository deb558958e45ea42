import type { EventData } from '@vitrine/contracts/events'
import { html } from './html.rules.ts'
import { facts, type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'
import { formatMoney } from './money.rules.ts'
import { lookupUrl } from './order-links.rules.ts'

type News = {
  subject: string
  title: string
  sentences: string[]
  pairs?: (readonly [term: string, value: string])[]
  number: string
  publicUrl: string
}

function news({ subject, title, sentences, pairs = [], number, publicUrl }: News): MailContent {
  const url = lookupUrl(publicUrl, number)
  return {
    subject,
    html: mailHtml({
      subject,
      title,
      preview: sentences[0] ?? title,
      body: html`${sentences.map(paragraph)}${pairs.length > 0 ? facts(pairs) : ''}`,
      action: { label: 'See your order', url },
      publicUrl,
    }),
    text: textOf([
      title,
      '',
      ...sentences,
      ...(pairs.length > 0 ? ['', ...pairs.map(([term, value]) => `${term}: ${value}`)] : []),
      '',
      `See your order: ${url}`,
    ]),
  }
}

export const orderShipped = (order: EventData<'order.shipped'>, publicUrl: string): MailContent =>
  news({
    subject: `Order ${order.number} is on its way`,
    title: 'Your order is on its way',
    sentences: [`We gave order ${order.number} to ${order.carrier}.`],
    pairs: [['Carrier', order.carrier], ...(order.tracking ? [['Tracking', order.tracking] as const] : [])],
    number: order.number,
    publicUrl,
  })

/** The same by SMS: one message of plain signs. */
export const orderShippedText = (order: EventData<'order.shipped'>, publicUrl: string): string =>
  `Vitrine: order ${order.number} is on its way with ${order.carrier}${order.tracking ? `, ${order.tracking}` : ''}. ${lookupUrl(publicUrl, order.number)}`

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

/** Tells a part from the whole: what comes back now, and what has come back in all. */
export function orderRefunded(order: EventData<'order.refunded'>, publicUrl: string): MailContent {
  const isWhole = order.refundedTotal.amount >= order.total.amount
  const isFirst = order.refundedTotal.amount === order.amount.amount
  return news({
    subject: isWhole ? `Order ${order.number} is refunded` : `A part of order ${order.number} is refunded`,
    title: `${formatMoney(order.amount)} ${isWhole && isFirst ? 'goes' : 'of your order goes'} back to you`,
    sentences: [
      `We send ${formatMoney(order.amount)} of order ${order.number} back to the card you paid with. Banks take up to ten days to show it.`,
    ],
    pairs: [
      ['Refund', formatMoney(order.amount)],
      ...(isFirst ? [] : [['Refunded in all', formatMoney(order.refundedTotal)] as const]),
      ['Order total', formatMoney(order.total)],
    ],
    number: order.number,
    publicUrl,
  })
}

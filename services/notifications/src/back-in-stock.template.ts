import type { EventData } from '@vitrine/contracts/events'
import { html } from './html.rules.ts'
import { facts, type MailContent, mailHtml, paragraph, textOf } from './layout.template.ts'
import { formatMoney } from './money.rules.ts'

/** What somebody waited for can be bought again. */
export function backInStock(product: EventData<'product.back_in_stock'>, publicUrl: string): MailContent {
  const options = Object.entries(product.options)
  const query = options.length > 0 ? `?${new URLSearchParams(product.options)}` : ''
  const url = `${publicUrl.replace(/\/$/, '')}/products/${encodeURIComponent(product.slug)}${query}`
  const subject = `${product.title} is back`
  const sentence = `You asked us to tell you: ${product.title} is in stock again. We cannot keep it for you, so be quick if there are few.`
  const pairs = [...options, ['Price', formatMoney(product.price)] as const]
  return {
    subject,
    html: mailHtml({
      subject,
      title: subject,
      preview: sentence,
      body: html`${paragraph(sentence)}${facts(pairs)}`,
      action: { label: 'See it in the shop', url },
      publicUrl,
    }),
    text: textOf([
      sentence,
      '',
      ...pairs.map(([term, value]) => `${term}: ${value}`),
      '',
      `See it in the shop: ${url}`,
    ]),
  }
}

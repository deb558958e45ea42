import { expect, test } from 'bun:test'
import type { EventData } from '@vitrine/contracts/events'
import { custom, invitation, passwordReset, verifyEmail, welcome } from './account.template.ts'
import { orderConfirmed } from './order-confirmed.template.ts'
import { orderCancelled, orderShipped } from './order-news.template.ts'

const SHOP = 'https://shop.example'

const order = (change: Partial<EventData<'order.confirmed'>> = {}): EventData<'order.confirmed'> => ({
  orderId: 'ord_1',
  number: '10482',
  email: 'mara@example.com',
  total: { amount: 19_100, currency: 'EUR' },
  cartId: 'crt_1',
  cartVersion: 3,
  lines: [
    {
      sku: 'LYRA',
      quantity: 1,
      title: 'Lyra headphones',
      options: { Color: 'Sand' },
      total: { amount: 14_900, currency: 'EUR' },
    },
    { sku: 'POM', quantity: 2, title: 'Pomona teapot', options: {}, total: { amount: 4200, currency: 'EUR' } },
  ],
  shippingName: 'Mara Lindqvist',
  ...change,
})

test('the confirmation names the order, every line, the variant and the total in both versions', () => {
  const mail = orderConfirmed(order(), SHOP)
  expect(mail.subject).toBe('Order 10482 is confirmed')
  for (const version of [mail.html, mail.text]) {
    for (const part of [
      '10482',
      'Mara Lindqvist',
      'Lyra headphones',
      'Color: Sand',
      '€149.00',
      'Pomona teapot',
      '€42.00',
      '€191.00',
    ])
      expect(version).toContain(part)
    expect(version).toContain(`${SHOP}/orders/lookup?number=10482`)
  }
})

test('values of people are escaped in HTML and left alone in text', () => {
  const mail = orderConfirmed(order({ shippingName: '<img src=x onerror="alert(1)"> & Co' }), SHOP)
  expect(mail.html).not.toContain('<img')
  expect(mail.html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; Co')
  expect(mail.text).toContain('<img src=x onerror="alert(1)"> & Co')
})

test('a currency prints with its own sign', () => {
  expect(orderConfirmed(order({ total: { amount: 5, currency: 'USD' } }), SHOP).text).toContain('0.05')
})

test('the shipping mail gives carrier and tracking number', () => {
  const mail = orderShipped(
    { orderId: 'ord_1', number: '10482', email: 'm@example.com', carrier: 'DHL', tracking: 'JD01' },
    SHOP,
  )
  expect(mail.text).toContain('DHL')
  expect(mail.html).toContain('JD01')
})

test('a cancelled order says whether money comes back', () => {
  const base = {
    orderId: 'ord_1',
    number: '10482',
    email: 'm@example.com',
    total: { amount: 19_100, currency: 'EUR' as const },
  }
  expect(orderCancelled({ ...base, wasPaid: true }, SHOP).text).toContain('€191.00 back')
  expect(orderCancelled({ ...base, wasPaid: false }, SHOP).text).toContain('Nothing was charged')
})

test('a mail written by hand keeps its paragraphs and lines', () => {
  const mail = custom({ subject: 'About <your> order', text: 'One\nTwo\n\nThree' }, SHOP)
  expect(mail.html).toContain('One<br>Two</p>')
  expect(mail.html).toContain('About &lt;your&gt; order')
  expect(mail.text).toBe('One\nTwo\n\nThree')
})

test('the welcome mail leads to the account', () => {
  expect(welcome({ userId: 'usr_1', email: 'm@example.com', name: 'Mara' }, SHOP).html).toContain(`${SHOP}/account`)
})

test('a link with a token stands whole in both versions', () => {
  const user = { userId: 'usr_1', email: 'm@example.com', name: 'Mara', token: 'a+b/c=' }
  for (const write of [verifyEmail, passwordReset, invitation]) {
    const mail = write(user, SHOP)
    expect(mail.html).toContain('?token=a%2Bb%2Fc%3D')
    expect(mail.text).toContain('?token=a%2Bb%2Fc%3D')
  }
})

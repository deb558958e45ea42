import { expect, test } from 'bun:test'
import type { EventData } from '@vitrine/contracts/events'
import { custom, invitation, passwordReset, verifyEmail, welcome } from './account.template.ts'
import { backInStock } from './back-in-stock.template.ts'
import { orderConfirmed } from './order-confirmed.template.ts'
import { orderCancelled, orderRefunded, orderShipped } from './order-news.template.ts'

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

test('the confirmation adds up: items, discount, free shipping, tax and where it goes', () => {
  const euros = (amount: number) => ({ amount, currency: 'EUR' as const })
  const mail = orderConfirmed(
    order({
      sums: { subtotal: euros(21_000), discount: euros(1900), shipping: euros(0), tax: euros(3050), taxIncluded: true },
      address: { name: 'Mara Lindqvist', line1: 'Birch Lane 4', city: 'Berlin', postalCode: '10115', country: 'DE' },
      shippingMethod: 'Express',
    }),
    SHOP,
  )
  for (const version of [mail.html, mail.text])
    for (const part of [
      '€210.00',
      '−€19.00',
      'Free',
      'Tax, included',
      '€30.50',
      'Birch Lane 4',
      '10115 Berlin',
      'Express',
    ])
      expect(version).toContain(part)
})

test('a refund says what comes back now, and of a second one what came back in all', () => {
  const euros = (amount: number) => ({ amount, currency: 'EUR' as const })
  const base = { orderId: 'ord_1', number: '10482', email: 'm@example.com', total: euros(10_000) }
  const part = orderRefunded({ ...base, amount: euros(2500), refundedTotal: euros(2500) }, SHOP)
  expect(part.subject).toBe('A part of order 10482 is refunded')
  expect(part.text).toContain('€25.00')
  expect(part.text).not.toContain('Refunded in all')
  const rest = orderRefunded({ ...base, amount: euros(7500), refundedTotal: euros(10_000) }, SHOP)
  expect(rest.subject).toBe('Order 10482 is refunded')
  expect(rest.html).toContain('Refunded in all')
})

test('the mail of what is back leads to the very variant', () => {
  const mail = backInStock(
    {
      email: 'm@example.com',
      productId: 'prd_1',
      slug: 'lyra-headphones',
      sku: 'LYRA-SAND',
      title: 'Lyra headphones',
      options: { Color: 'Warm sand' },
      price: { amount: 14_900, currency: 'EUR' },
    },
    SHOP,
  )
  expect(mail.text).toContain(`${SHOP}/products/lyra-headphones?Color=Warm+sand`)
  expect(mail.html).toContain('Warm sand')
  expect(mail.html).toContain('€149.00')
})

test('every mail is a table of 600 px with inline colours, its preview first, and safe for dark mode', () => {
  for (const mail of [orderConfirmed(order(), SHOP), custom({ subject: 'Hi', text: 'Hello' }, SHOP)]) {
    expect(mail.html).toContain('width="600"')
    expect(mail.html).toContain('prefers-color-scheme:dark')
    expect(mail.html).toContain('color-scheme" content="light dark"')
    expect(mail.html).not.toMatch(/<(script|link|img|form|iframe)/)
    expect(mail.html.indexOf('display:none')).toBeLessThan(mail.html.indexOf('<table'))
  }
})

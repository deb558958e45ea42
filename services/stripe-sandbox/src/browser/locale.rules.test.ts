import { expect, test } from 'bun:test'
import { localeOf, localisedError, sentenceFor } from './locale.rules.ts'

test.each([
  ['de-AT', 'en', 'de'],
  ['auto', 'tr-TR', 'tr'],
  [undefined, 'fr', 'fr'],
  ['ja', 'de', 'en'],
])('the locale %s in a %s browser is %s', (asked, browser, locale) => {
  expect(localeOf(asked, browser)).toBe(locale as ReturnType<typeof localeOf>)
})

test('the decline code says more than the code', () => {
  expect(sentenceFor('de', 'card_declined', 'insufficient_funds', '')).toBe(
    'Das Guthaben Ihrer Karte reicht nicht aus.',
  )
  expect(sentenceFor('de', 'card_declined', 'lost_card', '')).toBe('Ihre Karte wurde abgelehnt.')
})

test('English and unknown codes keep what Stripe said', () => {
  expect(sentenceFor('en', 'card_declined', undefined, 'Your card was declined.')).toBe('Your card was declined.')
  expect(localisedError('tr', { code: 'new_code', message: 'Said.' })).toEqual({ code: 'new_code', message: 'Said.' })
})

import { expect, test } from 'bun:test'
import { declineWords } from '#app/features/checkout/decline-words.ts'

const refusal = (code: string, decline_code?: string) => declineWords({ type: 'card_error', code, decline_code })

test('each refusal has its own sentence', () => {
  const titles = [
    refusal('card_declined', 'generic_decline'),
    refusal('card_declined', 'insufficient_funds'),
    refusal('expired_card'),
    refusal('incorrect_cvc'),
    refusal('processing_error'),
    refusal('payment_intent_authentication_failure'),
  ].map((words) => words.title)
  expect(new Set(titles).size).toBe(titles.length)
})

test('a refusal says that nothing was charged', () => {
  const { title, text } = refusal('card_declined', 'generic_decline')
  expect(title + text).toContain('Nothing was charged')
})

test('the codes are kept for support', () => {
  expect(refusal('card_declined', 'do_not_honor').codes).toBe('card_declined, do_not_honor')
})

import type { StripeError } from '#app/features/checkout/stripe.ts'

const WORDS: Record<string, [string, string]> = {
  insufficient_funds: ['There is not enough money on this card.', 'Nothing was charged. Try another card.'],
  expired_card: ['This card has expired.', 'Nothing was charged. Check the date or try another card.'],
  incorrect_cvc: ['The security code is wrong.', 'Nothing was charged. Look at the code on the card and try again.'],
  invalid_cvc: ['The security code is wrong.', 'Nothing was charged. Look at the code on the card and try again.'],
  incorrect_number: ['The card number is wrong.', 'Check the digits and try again.'],
  processing_error: ['The bank did not answer.', 'Nothing was charged. Try again in a minute.'],
  payment_intent_authentication_failure: [
    'You stopped the check with your bank.',
    'Nothing was charged; pay when you are ready.',
  ],
}

const DECLINED: [string, string] = [
  'Your bank declined this card. Nothing was charged.',
  'Try another card or ask your bank. Your order and your address are still here.',
]

export interface DeclineWords {
  title: string
  text: string
  /** For support: the codes as the provider gave them. */
  codes: string
}

/** What to tell a shopper whose payment did not go through: what happened and what to do. */
export function declineWords(error: StripeError): DeclineWords {
  const codes = [error.code, error.decline_code].filter(Boolean).join(', ')
  const known = WORDS[error.decline_code ?? ''] ?? WORDS[error.code ?? '']
  if (known) return { title: known[0], text: known[1], codes }
  if (error.type === 'validation_error') {
    return { title: error.message ?? 'Something in the card form is missing.', text: 'Nothing was charged.', codes }
  }
  if (error.code === 'card_declined') return { title: DECLINED[0], text: DECLINED[1], codes }
  return { title: error.message ?? 'The payment did not go through.', text: 'Nothing was charged. Try again.', codes }
}

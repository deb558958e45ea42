import { findCardByNumber, isLuhnValid, type TestCard } from './cards.ts'
import { cardError } from './failure.ts'

export interface CardInput {
  number: string
  exp_month: number
  exp_year: number
  cvc?: string | undefined
}

const LIVE_CARD =
  'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.'

/** The test card behind typed-in data, or a thrown card error in Stripe's words. */
export function requireTestCard(input: CardInput, now: Date): TestCard {
  const number = input.number.replace(/[\s-]/g, '')
  if (!isLuhnValid(number)) {
    throw cardError('incorrect_number', 'Your card number is incorrect.', { param: 'number' })
  }
  requireFutureExpiry(input, now)
  requireCvc(number, input.cvc)
  const card = findCardByNumber(number)
  if (!card || card.isIdOnly) throw cardError('card_declined', LIVE_CARD, { decline_code: 'test_mode_live_card' })
  return card
}

function requireFutureExpiry({ exp_month: month, exp_year }: CardInput, now: Date) {
  if (!(month >= 1 && month <= 12)) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", { param: 'exp_month' })
  }
  const year = fullYear(exp_year)
  const thisYear = now.getUTCFullYear()
  const isPast = year < thisYear || (year === thisYear && month < now.getUTCMonth() + 1)
  if (isPast || year > thisYear + 50) {
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", { param: 'exp_year' })
  }
}

/** `30` and `2030` are the same year. */
export const fullYear = (year: number): number => (year < 100 ? 2000 + year : year)

function requireCvc(number: string, cvc: string | undefined) {
  if (cvc === undefined) return
  const isAmex = /^3[47]/.test(number)
  if (!(isAmex ? /^\d{3,4}$/ : /^\d{3}$/).test(cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", { param: 'cvc' })
  }
}

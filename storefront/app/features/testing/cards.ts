export interface TestCard {
  number: string
  outcome: string
  tone: 'positive' | 'info' | 'danger' | 'warning'
  sees: string
}

const CONFIRMED = 'The confirmation page with an order number'

/** The numbers that the sandbox and Stripe's test mode answer in the same way. */
export const GOING_THROUGH: TestCard[] = [
  { number: '4242 4242 4242 4242', outcome: 'Succeeds', tone: 'positive', sees: CONFIRMED },
  { number: '5555 5555 5555 4444', outcome: 'Succeeds', tone: 'positive', sees: `${CONFIRMED}; a Mastercard` },
  {
    number: '4000 0027 6000 3184',
    outcome: '3-D Secure',
    tone: 'info',
    sees: 'A question from the bank. Complete it, and the order is confirmed',
  },
  {
    number: '4000 0000 0000 3220',
    outcome: '3-D Secure',
    tone: 'info',
    sees: 'The same. Fail it, and the order can still be paid',
  },
]

export const REFUSED: TestCard[] = [
  {
    number: '4000 0000 0000 0002',
    outcome: 'Declined',
    tone: 'danger',
    sees: '“Your bank declined this card. Nothing was charged.”',
  },
  {
    number: '4000 0000 0000 9995',
    outcome: 'No funds',
    tone: 'danger',
    sees: '“There is not enough money on this card.”',
  },
  { number: '4000 0000 0000 0069', outcome: 'Expired', tone: 'danger', sees: '“This card has expired.”' },
  { number: '4000 0000 0000 0127', outcome: 'Wrong CVC', tone: 'danger', sees: '“The security code is wrong.”' },
  { number: '4000 0000 0000 0119', outcome: 'Processing', tone: 'warning', sees: '“The bank did not answer.”' },
  {
    number: '4000 0082 6000 3178',
    outcome: '3-D Secure',
    tone: 'danger',
    sees: 'Complete it, then “There is not enough money on this card.”',
  },
]

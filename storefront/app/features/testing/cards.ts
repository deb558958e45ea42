export interface TestCard {
  number: string
  outcome: string
  tone: 'positive' | 'info' | 'danger' | 'warning'
  sees: string
}

const CONFIRMED = 'The confirmation page with an order number'

type Row = [number: string, sees: string, outcome?: string, tone?: TestCard['tone']]
const table = (outcome: string, tone: TestCard['tone'], rows: Row[]): TestCard[] =>
  rows.map(([number, sees, ownOutcome, ownTone]) => ({
    number,
    sees,
    outcome: ownOutcome ?? outcome,
    tone: ownTone ?? tone,
  }))

/** The numbers that the sandbox and Stripe's test mode answer in the same way. */
export const GOING_THROUGH = table('Succeeds', 'positive', [
  ['4242 4242 4242 4242', CONFIRMED],
  ['4000 0566 5566 5556', `${CONFIRMED}; a Visa debit card`],
  ['5555 5555 5555 4444', `${CONFIRMED}; a Mastercard`],
  ['2223 0031 2200 3222', `${CONFIRMED}; a Mastercard that begins with 2`],
  ['5200 8282 8282 8210', `${CONFIRMED}; a Mastercard debit card`],
  ['5105 1051 0510 5100', `${CONFIRMED}; a prepaid Mastercard`],
  ['3782 822463 10005', `${CONFIRMED}; American Express, four digits of code`],
  ['3714 496353 98431', `${CONFIRMED}; another American Express`],
  ['6011 1111 1111 1117', `${CONFIRMED}; Discover`],
  ['6011 0009 9013 9424', `${CONFIRMED}; another Discover`],
  ['6011 9811 1111 1113', `${CONFIRMED}; a Discover debit card`],
  ['3056 9300 0902 0004', `${CONFIRMED}; Diners Club`],
  ['3622 720627 1667', `${CONFIRMED}; Diners Club with 14 digits`],
  ['3566 0020 2036 0505', `${CONFIRMED}; JCB`],
  ['6200 0000 0000 0005', `${CONFIRMED}; UnionPay`],
  ['6205 5000 0000 0000 004', `${CONFIRMED}; UnionPay with 19 digits`],
])

const QUESTION = 'A question from the bank. Complete it, and the order is confirmed'
export const ASKING = table('3-D Secure', 'info', [
  ['4000 0027 6000 3184', QUESTION],
  ['4000 0000 0000 3220', 'The same. Fail it, and the order can still be paid'],
  ['4000 0084 0000 0027', 'The same, with an American card'],
  ['4000 0025 0000 3155', 'The same; a card that was set up once pays later without its owner'],
  ['4000 0038 0000 0446', 'The same; already set up for payments without its owner'],
  ['4000 0082 6000 3178', 'Complete it, then “There is not enough money on this card.”', '3-D Secure', 'danger'],
  ['4000 0084 0000 1629', 'Complete it, then “Your bank declined this card.”', '3-D Secure', 'danger'],
  ['4000 0084 0000 1280', 'Declined: the question could not be asked', '3-D Secure', 'danger'],
  ['4000 0000 0000 3055', 'No question: the bank would answer one, and nobody asks', 'Optional', 'positive'],
  ['4000 0000 0000 3097', 'No question either; asked for, it would go wrong', 'Optional', 'positive'],
  ['4000 0000 3220 0000', 'Confirmed without a question', 'Frictionless', 'positive'],
])

export const REFUSED = table('Declined', 'danger', [
  ['4000 0000 0000 0002', '“Your bank declined this card. Nothing was charged.”'],
  ['4000 0000 0000 9995', '“There is not enough money on this card.”', 'No funds'],
  ['4000 0000 0000 9987', 'Declined, without a word of why: the card is lost', 'Lost'],
  ['4000 0000 0000 9979', 'Declined, without a word of why: the card is stolen', 'Stolen'],
  ['4000 0000 0000 0069', '“This card has expired.”', 'Expired'],
  ['4000 0000 0000 0127', '“The security code is wrong.”', 'Wrong CVC'],
  ['4000 0000 0000 0119', '“The bank did not answer.”', 'Processing', 'warning'],
  ['4000 0000 0000 6975', 'Declined: used too often', 'Too often'],
  ['4000 0000 0000 0341', 'Declined, although the card can be kept'],
  ['4100 0000 0000 0019', 'Declined: blocked as fraud', 'Blocked'],
  ['4000 0000 0000 4954', 'Declined: the risk is too high', 'Blocked'],
  ['4242 4242 4242 4241', '“Your card number is invalid.”, before anything is sent', 'Mistyped'],
])

export const AFTERWARDS = table('Succeeds', 'warning', [
  ['4000 0000 0000 9235', 'Confirmed; the payment has a review', 'Elevated risk'],
  ['4000 0000 0000 0101', 'Confirmed; the security code did not match', 'CVC check'],
  ['4000 0000 0000 0036', 'Confirmed; the postal code did not match', 'Address check'],
  ['4000 0000 0000 0028', 'Confirmed; the street did not match', 'Address check'],
  ['4000 0000 0000 0010', 'Confirmed; neither matched', 'Address check'],
  ['4000 0000 0000 0044', 'Confirmed; nothing could be checked', 'Address check'],
  ['4000 0000 0000 0259', 'Confirmed, then disputed as fraud', 'Dispute'],
  ['4000 0000 0000 2685', 'Confirmed, then disputed as not received', 'Dispute'],
  ['4000 0000 0000 1976', 'Confirmed, then the bank asks', 'Inquiry'],
  ['4000 0004 0400 0079', 'Confirmed, then disputed twice', 'Disputes'],
  ['4000 0004 0400 0038', 'Confirmed, then disputed; eligible for compelling evidence', 'Dispute'],
  ['4000 0084 0000 0779', 'Confirmed, then disputed for compliance', 'Dispute'],
  ['4000 0000 0000 5423', 'Confirmed, then an early fraud warning', 'Fraud warning'],
  ['4000 0000 0000 7726', 'Confirmed; a refund is pending for a while', 'Slow refund'],
  ['4000 0000 0000 5126', 'Confirmed; a refund fails afterwards', 'Failing refund'],
  ['4000 0000 0000 0077', 'Confirmed; the money is available at once', 'Succeeds', 'positive'],
  ['4000 0037 2000 0278', 'The same, from abroad', 'Succeeds', 'positive'],
])

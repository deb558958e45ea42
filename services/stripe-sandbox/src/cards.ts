/** A bank's no, in Stripe's words. */
export interface Decline {
  code: string
  declineCode: string
  message: string
}

export interface TestCard {
  number: string
  brand: string
  funding: 'credit' | 'debit' | 'prepaid'
  country: string
  methods: readonly string[]
  /** What the charge answers; with a challenge, only after it was passed. */
  decline?: Decline
  /** `always` also when the customer is away, `unless_set_up` until it was set up for that, `on_session` only when they are there. */
  challenge?: 'always' | 'unless_set_up' | 'on_session' | 'if_requested' | 'lookup_error' | 'requested_lookup_error'
  isOnlyWithCvc?: boolean
  /** Can be attached to a customer although its charges decline. */
  doesAttach?: boolean
  cvcCheck?: 'fail' | 'unavailable'
  addressChecks?: { line1: 'pass' | 'fail' | 'unavailable'; postal: 'pass' | 'fail' | 'unavailable' }
  risk?: 'elevated' | 'highest'
  dispute?: { reason: string; status: string; times: number; networkCode: string }
  earlyFraudWarning?: boolean
  refund?: 'pending' | 'fails_later'
  /** Authenticates without asking the customer anything. */
  isFrictionless?: boolean
  /** Skips the days in which a payment is only pending on the balance. */
  isAvailableAtOnce?: boolean
  /** Stripe publishes the id; the number is not on the accepted list. */
  isIdOnly?: boolean
}

const DECLINED = 'Your card was declined.'
const declined = (declineCode: string, message = DECLINED): Decline => ({ code: 'card_declined', declineCode, message })
const same = (code: string, message: string): Decline => ({ code, declineCode: code, message })

export const DECLINES = {
  generic: declined('generic_decline'),
  insufficient: declined('insufficient_funds', 'Your card has insufficient funds.'),
  lost: declined('lost_card'),
  stolen: declined('stolen_card'),
  fraudulent: declined('fraudulent'),
  authenticationRequired: declined(
    'authentication_required',
    'Your card was declined. This transaction requires authentication.',
  ),
  expired: same('expired_card', 'Your card has expired.'),
  cvc: same('incorrect_cvc', "Your card's security code is incorrect."),
  processing: same('processing_error', 'An error occurred while processing your card. Try again in a little bit.'),
  velocity: declined(
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
} as const

const card = (number: string, methods: string | readonly string[], more: Partial<TestCard> = {}): TestCard => ({
  number,
  methods: (typeof methods === 'string' ? methods.split(' ') : methods)
    .filter(Boolean)
    .map((name) => `pm_card_${name}`),
  brand: brandOf(number),
  funding: 'credit',
  country: 'US',
  ...more,
})

/** The brand by the leading digits, in Stripe's spelling. */
export function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return 'amex'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  if (/^4/.test(number)) return 'visa'
  if (/^(3[068])/.test(number)) return 'diners'
  if (/^35/.test(number)) return 'jcb'
  if (/^62/.test(number)) return 'unionpay'
  return /^6/.test(number) ? 'discover' : 'unknown'
}

const byCountry = {
  br: '4000000760000002',
  au: '4000000360000006',
  cn: '4000001560000002',
  hk: '4000003440000004',
  in: '4000003560000008',
  jp: '4000003920000003',
  my: '4000004580000002',
  nz: '4000005540000008',
  sg: '4000007020000003',
}

const addressCheck = (line1: 'pass' | 'fail' | 'unavailable', postal: 'pass' | 'fail' | 'unavailable') => ({
  addressChecks: { line1, postal },
})
const NETWORK_CODES: Record<string, string> = { fraudulent: '10.4', product_not_received: '13.1', noncompliant: '98' }
const dispute = (reason: string, status = 'needs_response', times = 1) => ({
  dispute: { reason, status, times, networkCode: NETWORK_CODES[reason] ?? '10.4' },
})

/** Stripe's published test cards (docs.stripe.com/testing) and what each one does. No other number is accepted. */
export const TEST_CARDS: readonly TestCard[] = [
  card('4242424242424242', 'visa'),
  card('4000056655665556', 'visa_debit', { funding: 'debit' }),
  card('5555555555554444', 'mastercard'),
  card('2223003122003222', ''),
  card('5200828282828210', 'mastercard_debit', { funding: 'debit' }),
  card('5105105105105100', 'mastercard_prepaid', { funding: 'prepaid' }),
  card('378282246310005', 'amex amex_threeDSecureNotSupported'),
  card('371449635398431', ''),
  card('6011111111111117', 'discover'),
  card('6011000990139424', ''),
  card('6011981111111113', '', { funding: 'debit' }),
  card('3056930009020004', 'diners'),
  card('36227206271667', ''),
  card('3566002020360505', 'jcb', { country: 'JP' }),
  card('6200000000000005', 'unionpay', { country: 'CN' }),
  card('6205500000000000004', '', { country: 'CN' }),
  ...Object.entries(byCountry).map(([country, number]) =>
    card(number, country, { country: country.toUpperCase(), isIdOnly: true }),
  ),

  card('4000000000000002', 'visa_chargeDeclined chargeDeclined', { decline: DECLINES.generic }),
  card('4000000000009995', 'visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds', {
    decline: DECLINES.insufficient,
  }),
  card('4000000000009987', 'visa_chargeDeclinedLostCard', { decline: DECLINES.lost }),
  card('4000000000009979', 'visa_chargeDeclinedStolenCard', { decline: DECLINES.stolen }),
  card('4000000000000069', 'chargeDeclinedExpiredCard', { decline: DECLINES.expired }),
  card('4000000000000127', 'chargeDeclinedIncorrectCvc', {
    decline: DECLINES.cvc,
    isOnlyWithCvc: true,
    cvcCheck: 'fail',
  }),
  card('4000000000000119', 'chargeDeclinedProcessingError', { decline: DECLINES.processing }),
  card('4000000000006975', 'visa_chargeDeclinedVelocityLimitExceeded', { decline: DECLINES.velocity }),
  card('4000000000000341', 'chargeCustomerFail', { decline: DECLINES.generic, doesAttach: true }),

  card('4000002500003155', 'authenticationRequiredOnSetup', { challenge: 'unless_set_up' }),
  card('4000002760003184', 'authenticationRequired', { challenge: 'always' }),
  card('4000003800000446', 'authenticationRequiredSetupForOffSession', { challenge: 'on_session' }),
  card('4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', {
    challenge: 'always',
    decline: DECLINES.insufficient,
  }),
  card('4000000000003220', 'threeDSecure2Required', { challenge: 'always', country: 'IE' }),
  card('4000008400000027', '', { challenge: 'always' }),
  card('4000008400001629', 'threeDSecureRequiredChargeDeclined', { challenge: 'always', decline: DECLINES.generic }),
  card('4000008400001280', 'threeDSecureRequiredProcessingError', {
    challenge: 'lookup_error',
    decline: DECLINES.generic,
  }),
  card('4000000000003055', 'threeDSecureOptional', { challenge: 'if_requested' }),
  card('4000000000003097', 'threeDSecureOptionalProcessingError', { challenge: 'requested_lookup_error' }),
  card('4000000032200000', '', { isFrictionless: true }),

  card('4100000000000019', 'radarBlock chargeDeclinedFraudulent', { decline: DECLINES.fraudulent, risk: 'highest' }),
  card('4000000000004954', 'riskLevelHighest', { decline: DECLINES.fraudulent, risk: 'highest' }),
  card('4000000000009235', 'riskLevelElevated', { risk: 'elevated' }),
  card('4000000000000101', 'cvcCheckFail', { cvcCheck: 'fail' }),
  card('4000000000000036', 'avsZipFail', addressCheck('pass', 'fail')),
  card('4000000000000028', 'avsLine1Fail', addressCheck('fail', 'pass')),
  card('4000000000000010', 'avsFail', addressCheck('fail', 'fail')),
  card('4000000000000044', 'avsUnchecked', addressCheck('unavailable', 'unavailable')),
  card('4000000000000259', 'createDispute', dispute('fraudulent')),
  card('4000000000002685', 'createDisputeProductNotReceived', dispute('product_not_received')),
  card('4000000000001976', 'createDisputeInquiry', dispute('fraudulent', 'warning_needs_response')),
  card('4000000000005423', 'createIssuerFraudRecord', { earlyFraudWarning: true }),
  card('4000000404000079', 'createMultipleDisputes', dispute('fraudulent', 'needs_response', 2)),
  card('4000000404000038', 'createCe3EligibleDispute', dispute('fraudulent')),
  card('4000008400000779', 'createComplianceDispute', dispute('noncompliant')),
  card('4000000000007726', 'pendingRefund', { refund: 'pending' }),
  card('4000000000005126', 'refundFail', { refund: 'fails_later' }),
  card('4000000000000077', 'bypassPending', { isAvailableAtOnce: true }),
  card('4000003720000278', 'bypassPendingInternational', { country: 'IE', isAvailableAtOnce: true }),
]

const BY_NUMBER = new Map(TEST_CARDS.map((entry) => [entry.number, entry]))
const BY_METHOD = new Map(TEST_CARDS.flatMap((entry) => entry.methods.map((id) => [id, entry] as const)))

export const findCardByNumber = (number: string): TestCard | null => BY_NUMBER.get(number) ?? null
export const findCardByMethod = (id: string): TestCard | null => BY_METHOD.get(id) ?? null

/** The check digit rule that every card number satisfies. */
export function isLuhnValid(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

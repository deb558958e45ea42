import { invalidRequest } from './failure.ts'

/** Least chargeable amounts in the smallest unit (docs.stripe.com/currencies); 50 where none is published. */
const MINIMUM: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
}
const OTHERS =
  'afn all amd ang aoa ars awg azn bam bbd bdt bhd bif bmd bnd bob bsd bwp byn bzd cdf clp cny cop crc cve djf dop dzd egp etb fjd fkp gel gip gmd gnf gtq gyd hnl htg idr ils isk jmd jod kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mzn nad ngn nio npr omr pab pen pgk php pkr pyg qar rsd rub rwf sar sbd scr shp sle sos srd std szl tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw'.split(
    ' ',
  )
const CURRENCIES = [...Object.keys(MINIMUM), ...OTHERS]
const KNOWN = new Set(CURRENCIES)
export const MAX_AMOUNT = 99_999_999

/** Lower-cases a currency, or refuses one that Stripe does not have. */
export function requireCurrency(currency: string): string {
  const lower = currency.toLowerCase()
  if (KNOWN.has(lower)) return lower
  throw invalidRequest(
    `Invalid currency: ${currency.slice(0, 20)}. Stripe currently supports these currencies: ${CURRENCIES.join(', ')}`,
    { param: 'currency' },
  )
}

const shown = (amount: number, currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    amount / 10 ** fractionDigits(currency),
  )
const fractionDigits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Refuses an amount that Stripe would not charge. */
export function requireAmount(amount: number, currency: string) {
  if (amount < 1 && amount !== 0) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    })
  }
  const least = MINIMUM[currency] ?? 50
  if (amount < least) {
    const message = `Amount must be at least ${shown(least, currency)} ${currency}`
    throw invalidRequest(message, { code: 'amount_too_small', param: 'amount' })
  }
  if (amount > MAX_AMOUNT) {
    const message = `Amount must be no more than ${shown(MAX_AMOUNT, currency)}`
    throw invalidRequest(message, { code: 'amount_too_large', param: 'amount' })
  }
}

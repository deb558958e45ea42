/** Standard VAT rates in percent by country of delivery; elsewhere no tax is due. */
const PERCENT: Record<string, number> = {
  AT: 20,
  BE: 21,
  BG: 20,
  CY: 19,
  CZ: 21,
  DE: 19,
  DK: 25,
  EE: 24,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GR: 24,
  HR: 25,
  HU: 27,
  IE: 23,
  IT: 22,
  LT: 21,
  LU: 17,
  LV: 21,
  MT: 18,
  NL: 21,
  PL: 23,
  PT: 23,
  RO: 21,
  SE: 25,
  SI: 22,
  SK: 23,
  GB: 20,
  CH: 8.1,
  NO: 25,
}

/** Tenths of a percent, so that arithmetic stays in integers. */
export const taxRatePermille = (country: string): number => Math.round((PERCENT[country] ?? 0) * 10)

/** The one rounding rule of the shop: half up, to whole minor units. */
export const divideHalfUp = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator))

/** Tax within a gross amount, or on top of a net one. */
export const taxOf = (amount: number, permille: number, isIncluded: boolean): number =>
  divideHalfUp(amount * permille, isIncluded ? 1000 + permille : 1000)

/** Standard VAT in tenths of a percent by country of delivery; elsewhere no tax is due. Editable in the dashboard. */
export const DEFAULT_TAX: Record<string, number> = {
  AT: 200,
  BE: 210,
  BG: 200,
  CY: 190,
  CZ: 210,
  DE: 190,
  DK: 250,
  EE: 240,
  ES: 210,
  FI: 255,
  FR: 200,
  GR: 240,
  HR: 250,
  HU: 270,
  IE: 230,
  IT: 220,
  LT: 210,
  LU: 170,
  LV: 210,
  MT: 180,
  NL: 210,
  PL: 230,
  PT: 230,
  RO: 210,
  SE: 250,
  SI: 220,
  SK: 230,
  GB: 200,
  CH: 81,
  NO: 250,
}

const NOT_EU = ['GB', 'CH', 'NO']
export const EU_COUNTRIES: string[] = Object.keys(DEFAULT_TAX).filter((country) => !NOT_EU.includes(country))

/** The one rounding rule of the shop: half up, to whole minor units. */
export const divideHalfUp = (numerator: number, denominator: number): number =>
  Math.floor((2 * numerator + denominator) / (2 * denominator))

/** Tax within a gross amount, or on top of a net one. */
export const taxOf = (amount: number, permille: number, isIncluded: boolean): number =>
  divideHalfUp(amount * permille, isIncluded ? 1000 + permille : 1000)

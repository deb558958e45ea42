/** How a postcode looks and whether an address needs its province, by country (as Google's address data has them). */
interface PostalRule {
  pattern: string
  example: string
}

const digits = (number: number, example: string): PostalRule => ({ pattern: `\\d{${number}}`, example })

const RULES: Record<string, PostalRule> = {
  DE: digits(5, '10437'),
  AT: digits(4, '1010'),
  BE: digits(4, '1000'),
  BG: digits(4, '1000'),
  CH: digits(4, '8001'),
  CY: digits(4, '2008'),
  CZ: { pattern: '\\d{3} ?\\d{2}', example: '110 00' },
  DK: digits(4, '1050'),
  EE: digits(5, '10111'),
  ES: digits(5, '28039'),
  FI: digits(5, '00550'),
  FR: digits(5, '75001'),
  GB: { pattern: '[A-Za-z]{1,2}\\d[A-Za-z\\d]? ?\\d[A-Za-z]{2}', example: 'EC1Y 8SY' },
  GR: { pattern: '\\d{3} ?\\d{2}', example: '104 31' },
  HR: digits(5, '10000'),
  HU: digits(4, '1037'),
  IE: { pattern: '[A-Za-z]\\d[\\dWw] ?[A-Za-z\\d]{4}', example: 'D02 AF30' },
  IT: digits(5, '00144'),
  LT: { pattern: '(LT-?)?\\d{5}', example: '01500' },
  LU: { pattern: '(L-?)?\\d{4}', example: '1440' },
  LV: { pattern: '(LV-?)?\\d{4}', example: 'LV-1010' },
  MT: { pattern: '[A-Za-z]{3} ?\\d{2,4}', example: 'VLT 1117' },
  NL: { pattern: '\\d{4} ?[A-Za-z]{2}', example: '1012 JS' },
  NO: digits(4, '0025'),
  PL: { pattern: '\\d{2}-?\\d{3}', example: '00-950' },
  PT: { pattern: '\\d{4}-?\\d{3}', example: '1200-205' },
  RO: digits(6, '010302'),
  SE: { pattern: '\\d{3} ?\\d{2}', example: '114 55' },
  SI: digits(4, '1000'),
  SK: { pattern: '\\d{3} ?\\d{2}', example: '811 01' },
}

const NEEDS_PROVINCE = ['ES', 'IT']

export const needsProvince = (country: string): boolean => NEEDS_PROVINCE.includes(country)

/** A postcode as it is written there. */
export const postcodeExample = (country: string): string | undefined => RULES[country]?.example

interface PostalParts {
  country?: string | undefined
  postalCode?: string | undefined
  region?: string | undefined
}

/** What the mail of the country would not deliver, by field. Empty fields are told by the contract itself. */
export function postalProblems({ country = '', postalCode, region }: PostalParts): Record<string, string[]> {
  const problems: Record<string, string[]> = {}
  const rule = RULES[country]
  if (rule && postalCode && !new RegExp(`^(?:${rule.pattern})$`).test(postalCode.trim())) {
    problems.postalCode = [`Write it like ${rule.example}.`]
  }
  if (needsProvince(country) && !region?.trim()) problems.region = ['The post needs the province in this country.']
  return problems
}

/** The languages the card form speaks; anything else gets English, as Stripe's own sentences are. */
const LOCALES = ['en', 'de', 'es', 'fr', 'tr'] as const
export type Locale = (typeof LOCALES)[number]

/** `auto` means the browser's language, nothing the page's own; `de-AT` is `de`. */
export function localeOf(
  asked: string | undefined,
  browser = globalThis.navigator?.language ?? 'en',
  page = globalThis.document?.documentElement.lang,
): Locale {
  const wanted = asked && asked !== 'auto' ? asked : asked === 'auto' ? browser : page || browser
  const language = wanted.slice(0, 2).toLowerCase()
  return LOCALES.find((locale) => locale === language) ?? 'en'
}

const LABELS: Record<Locale, Record<'number' | 'expiry' | 'cvc', string>> = {
  en: { number: 'Card number', expiry: 'Expiry', cvc: 'Security code' },
  de: { number: 'Kartennummer', expiry: 'Ablaufdatum', cvc: 'Prüfziffer' },
  es: { number: 'Número de tarjeta', expiry: 'Caducidad', cvc: 'Código de seguridad' },
  fr: { number: 'Numéro de carte', expiry: 'Date d’expiration', cvc: 'Code de sécurité' },
  tr: { number: 'Kart numarası', expiry: 'Son kullanma tarihi', cvc: 'Güvenlik kodu' },
}
export const labelFor = (locale: Locale, field: 'number' | 'expiry' | 'cvc'): string => LABELS[locale][field]

type Words = Record<Exclude<Locale, 'en'>, string>
const words = (de: string, es: string, fr: string, tr: string): Words => ({ de, es, fr, tr })

const EXPIRED = words(
  'Ihre Karte ist abgelaufen.',
  'Su tarjeta ha caducado.',
  'Votre carte a expiré.',
  'Kartınızın süresi dolmuş.',
)
const NUMBER = words(
  'Ihre Kartennummer ist ungültig.',
  'El número de tarjeta no es válido.',
  'Le numéro de votre carte n’est pas valide.',
  'Kart numaranız geçersiz.',
)
const CVC = words(
  'Die Prüfziffer Ihrer Karte ist falsch.',
  'El código de seguridad no es correcto.',
  'Le code de sécurité de votre carte est incorrect.',
  'Kartınızın güvenlik kodu yanlış.',
)
const EXPIRY = words(
  'Das Ablaufdatum Ihrer Karte ist ungültig.',
  'La fecha de caducidad no es válida.',
  'La date d’expiration de votre carte n’est pas valide.',
  'Kartınızın son kullanma tarihi geçersiz.',
)

/** By Stripe's `decline_code` first, then by its `code`. */
const SENTENCES: Record<string, Words> = {
  incomplete_number: words(
    'Die Kartennummer ist unvollständig.',
    'El número de tarjeta está incompleto.',
    'Le numéro de votre carte est incomplet.',
    'Kart numaranız eksik.',
  ),
  incomplete_expiry: words(
    'Das Ablaufdatum ist unvollständig.',
    'La fecha de caducidad está incompleta.',
    'La date d’expiration est incomplète.',
    'Son kullanma tarihi eksik.',
  ),
  incomplete_cvc: words(
    'Die Prüfziffer ist unvollständig.',
    'El código de seguridad está incompleto.',
    'Le code de sécurité est incomplet.',
    'Güvenlik kodu eksik.',
  ),
  invalid_number: NUMBER,
  incorrect_number: NUMBER,
  invalid_expiry_month: EXPIRY,
  invalid_expiry_year: EXPIRY,
  invalid_expiry_year_past: EXPIRED,
  invalid_expiry_month_past: EXPIRED,
  expired_card: EXPIRED,
  invalid_cvc: CVC,
  incorrect_cvc: CVC,
  card_declined: words(
    'Ihre Karte wurde abgelehnt.',
    'Su tarjeta ha sido rechazada.',
    'Votre carte a été refusée.',
    'Kartınız reddedildi.',
  ),
  insufficient_funds: words(
    'Das Guthaben Ihrer Karte reicht nicht aus.',
    'Su tarjeta no tiene fondos suficientes.',
    'Votre carte ne dispose pas de fonds suffisants.',
    'Kartınızda yeterli bakiye yok.',
  ),
  processing_error: words(
    'Bei der Verarbeitung Ihrer Karte ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal.',
    'Se ha producido un error al procesar su tarjeta. Vuelva a intentarlo dentro de un momento.',
    'Une erreur est survenue lors du traitement de votre carte. Réessayez dans un instant.',
    'Kartınız işlenirken bir hata oluştu. Biraz sonra yeniden deneyin.',
  ),
  payment_intent_authentication_failure: words(
    'Ihre Zahlung konnte nicht bestätigt werden. Wählen Sie eine andere Karte oder versuchen Sie es noch einmal.',
    'No hemos podido autenticar su forma de pago. Elija otra o vuelva a intentarlo.',
    'Nous ne pouvons pas authentifier votre moyen de paiement. Choisissez-en un autre ou réessayez.',
    'Ödeme yönteminiz doğrulanamadı. Başka bir kart seçin ya da yeniden deneyin.',
  ),
}

/** The sentence for Stripe's codes in this language; without one, what was said already. */
export function sentenceFor(
  locale: Locale,
  code: string | undefined,
  declineCode: string | undefined,
  said: string,
): string {
  if (locale === 'en') return said
  return (SENTENCES[declineCode ?? ''] ?? SENTENCES[code ?? ''])?.[locale] ?? said
}

export const localisedError = <E extends { message: string; code?: string; decline_code?: string }>(
  locale: Locale,
  error: E,
): E => ({ ...error, message: sentenceFor(locale, error.code, error.decline_code, error.message) })

const STRIPE_SCRIPTS = 'https://js.stripe.com'
const STRIPE_FRAMES = 'https://js.stripe.com https://hooks.stripe.com'
const STRIPE_API = 'https://api.stripe.com'

/** The policy of one page. Scripts run by nonce only; there is no `unsafe-inline` anywhere. */
export function contentSecurityPolicy(nonce: string, isSandbox: boolean): string {
  const hosts = (list: string) => (isSandbox ? '' : ` ${list}`)
  return [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'${hosts(STRIPE_SCRIPTS)}`,
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'${hosts(STRIPE_API)}`,
    `frame-src 'self'${hosts(STRIPE_FRAMES)}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

const FIXED = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
}

export function addSecurityHeaders(headers: Headers): void {
  // A page that must differ (the preview of a mail is shown in a frame of our own) says so itself.
  for (const [name, value] of Object.entries(FIXED)) if (!headers.has(name)) headers.set(name, value)
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A form on somebody else's page must not act for our visitor. Old browsers without Sec-Fetch-Site are asked for Origin. */
export function isForgedPost(request: Request, publicUrl: string): boolean {
  if (SAFE_METHODS.has(request.method)) return false
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null) return site === 'cross-site'
  const origin = request.headers.get('Origin')
  if (origin === null) return false
  const hosts = [new URL(publicUrl).host, request.headers.get('X-Forwarded-Host'), request.headers.get('Host')]
  return !URL.canParse(origin) || !hosts.includes(new URL(origin).host)
}

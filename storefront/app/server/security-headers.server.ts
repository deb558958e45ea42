const STRIPE_SCRIPTS = 'https://js.stripe.com'
const STRIPE_FRAMES = 'https://js.stripe.com https://hooks.stripe.com'
const STRIPE_API = 'https://api.stripe.com'

/** What every policy says. There is no `unsafe-inline` anywhere. */
const policy = (own: { scripts: string; calls: string; frames: string }): string =>
  [
    `default-src 'self'`,
    `script-src ${own.scripts}`,
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `connect-src 'self'${own.calls}`,
    `frame-src 'self'${own.frames}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')

/** The policy of a page on which React runs: its scripts stand in the page, and run by the nonce of this answer only. */
export function contentSecurityPolicy(nonce: string, isSandbox: boolean): string {
  const hosts = (list: string) => (isSandbox ? '' : ` ${list}`)
  const scripts = `'nonce-${nonce}' 'strict-dynamic'${hosts(STRIPE_SCRIPTS)}`
  return policy({ scripts, calls: hosts(STRIPE_API), frames: hosts(STRIPE_FRAMES) })
}

/** The policy of all other pages: files of ours run, and nothing that stands in the page. */
export const STATIC_POLICY = policy({ scripts: `'self'`, calls: '', frames: '' })

const FIXED = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
}

/** A year, sub-domains too: OWASP ASVS 3.4.1. Browsers heed it over https only. */
const HTTPS_ONLY = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }

export function addSecurityHeaders(headers: Headers, publicUrl: string): void {
  const all = publicUrl.startsWith('https:') ? { ...FIXED, ...HTTPS_ONLY } : FIXED
  // A page that must differ (the preview of a mail is shown in a frame of our own) says so itself.
  for (const [name, value] of Object.entries(all)) if (!headers.has(name)) headers.set(name, value)
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

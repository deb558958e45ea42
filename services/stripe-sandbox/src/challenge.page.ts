import type { ChallengeResult, ChallengeService, Outcome } from './challenge.service.ts'
import { OUTCOMES } from './challenge.service.ts'

const STYLE = `:root{color-scheme:light dark}*{box-sizing:border-box}body{margin:0;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin-inline:auto}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem;text-wrap:balance}p{margin:0 0 1rem}form{display:grid;gap:.625rem}
button{font:inherit;font-weight:600;min-height:3rem;padding:.5rem 1rem;border-radius:.625rem;border:1px solid #5b6b66;background:Canvas;color:CanvasText;cursor:pointer}
button[value=pass]{background:#0b6650;border-color:#0b6650;color:#fff}button:focus-visible{outline:3px solid #1b7fd6;outline-offset:2px}
.note{padding:.5rem .75rem;border-radius:.5rem;background:#ffd166;color:#201800;font-size:.875rem;font-weight:600}`

const SCRIPT = `const result=document.querySelector('[data-outcome]');
if(result&&window.parent!==window)window.parent.postMessage({source:'stripe-sandbox-challenge',attempt:result.dataset.attempt,outcome:result.dataset.outcome},window.location.origin);`

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function html(title: string, body: string, status = 200, formTarget = ''): Response {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/stripe/challenge?part=style"></head><body><main>${body}</main><script src="/stripe/challenge?part=script" defer></script></body></html>`
  return new Response(page, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'${formTarget}; base-uri 'none'; frame-ancestors 'self'`,
    },
  })
}

const asset = (text: string, type: string) =>
  new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    },
  })

const money = (amount: number, currency: string) => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

const GONE = `<h1>This check is over</h1><p>The payment no longer waits for an answer. Close this window and go back to the shop.</p>`

const formOf = (
  attempt: string,
  amount: string | null,
  last4: string,
) => `<p class="note">Test bank. No money moves.</p>
<h1>${amount === null ? 'Confirm your card' : `Confirm your payment of ${escapeHtml(amount)}`}</h1><p>Your bank asks whether it is you who uses the card ending in ${escapeHtml(last4)}.</p>
<form method="post" action="/stripe/challenge"><input type="hidden" name="attempt" value="${escapeHtml(attempt)}">
<button name="outcome" value="pass">Complete authentication</button><button name="outcome" value="fail">Fail authentication</button><button name="outcome" value="cancel">Cancel</button></form>`

function resultOf(attempt: string, outcome: Outcome, { intent, returnUrl, isPassed }: ChallengeResult): Response {
  if (returnUrl) {
    const target = new URL(returnUrl)
    target.searchParams.set(intent.object, intent.id)
    target.searchParams.set(`${intent.object}_client_secret`, String(intent.client_secret))
    target.searchParams.set('redirect_status', isPassed ? 'succeeded' : 'failed')
    return new Response(null, { status: 303, headers: { location: target.href, 'cache-control': 'no-store' } })
  }
  const text = isPassed
    ? 'Thank you. Going back to the shop.'
    : 'Not confirmed. Nothing was charged. Going back to the shop.'
  return html(
    'Answered',
    `<h1 role="status" data-attempt="${escapeHtml(attempt)}" data-outcome="${outcome}">${text}</h1>`,
  )
}

/** GET shows the question, POST takes the answer; works without script, and tells a parent frame with it. */
export function createChallengePage(challenges: ChallengeService) {
  return async (request: Request, url: URL): Promise<Response> => {
    if (url.searchParams.get('part') === 'style') return asset(STYLE, 'text/css')
    if (url.searchParams.get('part') === 'script') return asset(SCRIPT, 'text/javascript')
    if (request.method === 'POST') {
      const form = new URLSearchParams(await request.text())
      const attempt = form.get('attempt') ?? ''
      const outcome = OUTCOMES.find((name) => name === form.get('outcome'))
      const result = outcome && attempt ? await challenges.answer(attempt, outcome) : null
      return outcome && result ? resultOf(attempt, outcome, result) : html('Over', GONE, 410)
    }
    const attempt = url.searchParams.get('attempt') ?? ''
    const view = attempt ? await challenges.view(attempt) : null
    if (!view) return html('Over', GONE, 410)
    return html(
      'Confirm your payment',
      formOf(attempt, view.amount === null ? null : money(view.amount, view.currency), view.last4),
      200,
      ' http: https:',
    )
  }
}

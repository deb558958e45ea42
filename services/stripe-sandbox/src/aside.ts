import type { Log } from '@vitrine/kernel/log'
import { serve } from '@vitrine/kernel/serve'

/**
 * Answers readiness and nothing else, until it is stopped. With a Stripe key nobody needs the sandbox, and a compose
 * file cannot leave a service out by a variable.
 */
export function standAside(port: number, log: Log): void {
  log.info('a Stripe key is set: the sandbox stands aside')
  const answer = ({ url }: Request) => new Response(null, { status: new URL(url).pathname === '/readyz' ? 200 : 404 })
  serve({ fetch: answer }, { port, log })
}

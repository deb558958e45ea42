import { Command } from 'commander'

/** `catalog=2` as a name and a count. */
export function parseScale(text: string): [string, number] {
  const [, name, count] = /^([\w-]+)=(\d+)$/.exec(text) ?? []
  if (!name || Number(count) > 32) throw new Error(`"${text}" is no scale. Write it as catalog=2. 32 are the most.`)
  return [name, Number(count)]
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is no port.`)
  return port
}

/** The options of `npm start -- …`. */
export function parseStart(args: string[], env: NodeJS.Dict<string>) {
  const options = new Command('npm start --')
    .option('--port <number>', 'where the shop is (8080)', parsePort)
    .option('--host <address>', 'address to listen on; others than this machine reach some', '127.0.0.1')
    .option(
      '--scale <name=count>',
      'replicas of a service; may be repeated',
      (text, all) => [...all, parseScale(text)],
      [] as [string, number][],
    )
    .option('--fresh', 'begin with empty stores', false)
    .option('--no-seed', 'without demo accounts and demo products')
    .option('--detach', 'return when it is ready; "npm run mesh -- stop" ends it', false)
    .allowExcessArguments(false)
    .parse(args, { from: 'user' })
    .opts<{ port?: number; host: string; scale: [string, number][]; fresh: boolean; seed: boolean; detach: boolean }>()
  const port = options.port ?? (env.PORT ? parsePort(env.PORT) : undefined)
  /** Replicas by service. */
  return { ...options, port, scale: Object.fromEntries(options.scale) }
}
export type StartArguments = ReturnType<typeof parseStart>

const isLoopback = (host: string) => /^(localhost|\[?::1\]?|127\..*)$/.test(host)

/** Open to other machines there is no demo account, no default secret and no sandbox. Throws with what to do. */
export function refuseUnsafe({ host, seed }: StartArguments, env: NodeJS.Dict<string>): void {
  const isProduction = (env.NODE_ENV || 'production') === 'production'
  const isPublic = isProduction && env.PUBLIC_URL && !isLoopback(new URL(env.PUBLIC_URL).hostname)
  if (isLoopback(host) && !isPublic) return
  const problems = [
    seed ? 'it would open the demo accounts: add --no-seed' : '',
    env.STRIPE_SECRET_KEY ? '' : 'it would take sandbox payments: set STRIPE_SECRET_KEY',
    env.PUBLIC_URL ? '' : 'links need an address: set PUBLIC_URL',
  ].filter(Boolean)
  const cause = isPublic ? `PUBLIC_URL=${env.PUBLIC_URL} in production mode` : `--host ${host}`
  if (problems.length)
    throw new Error(`${cause} makes the shop reachable from elsewhere, and\n  ${problems.join('\n  ')}`)
}

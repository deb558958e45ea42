import { parseArgs } from 'node:util'

/** `catalog=2` as a name and a count. */
export function parseScale(text: string): [string, number] {
  const [, name, count] = /^([\w-]+)=(\d+)$/.exec(text) ?? []
  if (!name || !count) throw new Error(`"${text}" is no scale. Write it as catalog=2.`)
  return [name, Number(count)]
}

function parsePort(text: string | undefined): number | undefined {
  if (!text) return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is no port.`)
  return port
}

/** The options of `npm start -- …`. */
export function parseStart(args: string[], env: NodeJS.Dict<string>) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      scale: { type: 'string', multiple: true, default: [] },
      fresh: { type: 'boolean', default: false },
      'no-seed': { type: 'boolean', default: false },
      detach: { type: 'boolean', default: false },
    },
  })
  return {
    port: parsePort(values.port ?? env.PORT),
    host: values.host,
    /** Replicas by service. */
    scale: Object.fromEntries(values.scale.map(parseScale)),
    isFresh: values.fresh,
    isSeeding: !values['no-seed'],
    isDetached: values.detach,
  }
}
export type StartArguments = ReturnType<typeof parseStart>

const isLoopback = (host: string) => /^(localhost|\[?::1\]?|127\..*)$/.test(host)

/** Open to other machines there is no demo account, no default secret and no sandbox. Throws with what to do. */
export function refuseUnsafe({ host, isSeeding }: StartArguments, env: NodeJS.Dict<string>): void {
  const isProduction = (env.NODE_ENV || 'production') === 'production'
  const isPublic = isProduction && env.PUBLIC_URL && !isLoopback(new URL(env.PUBLIC_URL).hostname)
  if (isLoopback(host) && !isPublic) return
  const problems = [
    isSeeding ? 'it would open the demo accounts: add --no-seed' : '',
    env.STRIPE_SECRET_KEY ? '' : 'it would take sandbox payments: set STRIPE_SECRET_KEY',
    env.PUBLIC_URL ? '' : 'links need an address: set PUBLIC_URL',
  ].filter(Boolean)
  const cause = isPublic ? `PUBLIC_URL=${env.PUBLIC_URL} in production mode` : `--host ${host}`
  if (problems.length)
    throw new Error(`${cause} makes the shop reachable from elsewhere, and\n  ${problems.join('\n  ')}`)
}

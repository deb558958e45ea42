import { parseArgs } from 'node:util'

export interface StartArguments {
  port: number | undefined
  host: string
  scale: Record<string, number>
  isFresh: boolean
  isSeeding: boolean
  isDetached: boolean
}

/** `catalog=2` as a name and a count. */
export function parseScale(text: string): [string, number] {
  const [, name, count] = /^([\w-]+)=(\d+)$/.exec(text) ?? []
  if (!name || !count) throw new Error(`"${text}" is no scale. Write it as catalog=2.`)
  return [name, Number(count)]
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`"${text}" is no port.`)
  return port
}

/** The options of `npm start -- …`. */
export function parseStart(args: string[]): StartArguments {
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
    port: parsePort(values.port ?? process.env.PORT),
    host: values.host,
    scale: Object.fromEntries(values.scale.map(parseScale)),
    isFresh: values.fresh,
    isSeeding: !values['no-seed'],
    isDetached: values.detach,
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Open to other machines there is no demo account, no default secret and no sandbox. */
export function refuseUnsafeHost({ host, isSeeding }: StartArguments, env: NodeJS.ProcessEnv): void {
  if (isLoopback(host)) return
  const problems = [
    isSeeding ? 'it would open the demo accounts: add --no-seed' : '',
    env.STRIPE_SECRET_KEY ? '' : 'it would take sandbox payments: set STRIPE_SECRET_KEY',
    env.PUBLIC_URL ? '' : 'links need an address: set PUBLIC_URL',
  ].filter(Boolean)
  if (problems.length)
    throw new Error(`--host ${host} makes the shop reachable from elsewhere, and\n  ${problems.join('\n  ')}`)
}

import { join } from 'node:path'
import { EVENT_DATA } from '@vitrine/contracts/events'
import { Glob } from 'bun'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..')
export const EVENTS_PAGE = join(ROOT, 'docs/events.md')

interface Source {
  service: string
  text: string
}

async function sources(): Promise<Source[]> {
  const found: Source[] = []
  for await (const path of new Glob('services/*/src/**/*.ts').scan(ROOT)) {
    const service = path.split('/')[1] ?? ''
    const isProduct =
      !/\.(test|testing)\.ts$/.test(path) && !['contracts', 'kernel', 'stripe-sandbox'].includes(service)
    if (!isProduct) continue
    const text = await Bun.file(join(ROOT, path)).text()
    found.push({ service, text })
  }
  return found
}

/** The comment that stands above an event in the contract, on one line. */
function commentOf(contract: string, type: string): string {
  const above = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*'${type.replace('.', '\\.')}':`).exec(contract)?.[1] ?? ''
  return above.replaceAll(/\s*\n\s*\*\s?/g, ' ').trim()
}

interface Field {
  type?: string
  format?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Field[]
  items?: Field
  properties?: Record<string, Field>
  required?: string[]
  additionalProperties?: Field | boolean
}

function wordsOf(field: Field): string {
  if (field.anyOf) return field.anyOf.map(wordsOf).join(' or ')
  if (field.const !== undefined) return JSON.stringify(field.const)
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ')
  if (field.type === 'array') return `list of ${wordsOf(field.items ?? {})}`
  if (field.properties) {
    const { amount, currency } = field.properties
    if (amount && currency && Object.keys(field.properties).length === 2) return 'money'
    return `{ ${Object.keys(field.properties).join(', ')} }`
  }
  if (typeof field.additionalProperties === 'object') return `map of ${wordsOf(field.additionalProperties)}`
  return field.format ?? field.type ?? 'any'
}

function fieldRows(type: keyof typeof EVENT_DATA): string[] {
  // What zod prints of an object is this part of JSON Schema.
  const schema = z.toJSONSchema(EVENT_DATA[type], { io: 'input', unrepresentable: 'any' }) as Field
  return Object.entries(schema.properties ?? {}).map(
    ([name, field]) => `| \`${name}\`${schema.required?.includes(name) ? '' : ' (optional)'} | ${wordsOf(field)} |`,
  )
}

/** A handler table names the event as its key; whoever emits hands the name on as a value. */
const HEARD = (type: string) => `'${type}':`
const EMITTED = (type: string) => new RegExp(`(?<![<[])'${type.replace('.', '\\.')}'(?![:>])`)

function servicesThat(all: Source[], does: (text: string) => boolean): string {
  const names = all.filter(({ text }) => does(text)).map(({ service }) => service)
  return [...new Set(names)].sort().join(', ') || 'nobody yet'
}

/** docs/events.md as the contract and the services say it now. */
export async function renderEventsPage(): Promise<string> {
  const all = await sources()
  const contract = await Bun.file(join(ROOT, 'services/contracts/src/events.ts')).text()
  // Object.keys of a const object yields exactly its keys, which TypeScript widens to string[].
  const types = Object.keys(EVENT_DATA) as (keyof typeof EVENT_DATA)[]
  const sections = types.map((type) => {
    const comment = commentOf(contract, type)
    return [
      `## ${type}`,
      ...(comment ? ['', comment] : []),
      '',
      `Emitted by ${servicesThat(all, (text) => EMITTED(type).test(text))}; heard by ${servicesThat(all, (text) => text.includes(HEARD(type)))}.`,
      '',
      '| field | holds |',
      '|---|---|',
      ...fieldRows(type),
    ].join('\n')
  })
  return `# Events

Made by \`npm run docs\` from \`services/contracts/src/events.ts\`; a test keeps it up to date.

Events are facts. Each travels once-effective: written with its change in an outbox, published to the Redis stream
\`events\`, deduplicated by its id in the consumer's inbox. The envelope: \`id\`, \`type\`, \`version\` (1), \`occurredAt\`,
\`requestId\` and \`traceparent\` of the request that caused it, \`data\`.

${sections.join('\n\n')}
`
}

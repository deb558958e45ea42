import { EXAMPLE_VALUES, EXAMPLE_WORDS } from '@vitrine/contracts/example-values'

/** The part of JSON Schema that zod prints. */
export interface JsonSchema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  example?: unknown
  examples?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  minItems?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  $ref?: string
  $defs?: Record<string, JsonSchema>
}

/** `input` shows what must be sent (everything, where nothing must be); `output` shows every field. */
export type SampleOf = 'input' | 'output'

const FORMATS: Record<string, string> = {
  'date-time': '2026-11-21T12:00:00.000Z',
  date: '2026-11-21',
  email: 'mara@example.com',
  uri: 'https://shop.example/',
  url: 'https://shop.example/',
  uuid: '4f6f0f5e-7f0a-4f5f-9d6a-1d7f0e4a2b11',
}

const isFitting = (schema: JsonSchema, text: string): boolean =>
  text.length >= (schema.minLength ?? 0) &&
  text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY) &&
  (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(text))

function sampleText(schema: JsonSchema, name: string): string {
  const formatted = FORMATS[schema.format ?? '']
  if (formatted && isFitting({ ...schema, pattern: undefined }, formatted)) return formatted
  const named = (EXAMPLE_VALUES[name] ?? []).map(String)
  const candidates = [...named, ...EXAMPLE_WORDS, name]
  return candidates.find((text) => isFitting(schema, text)) ?? ''
}

function sampleNumber(schema: JsonSchema, name: string): number {
  const lowest = schema.minimum ?? (schema.exclusiveMinimum === undefined ? undefined : schema.exclusiveMinimum + 1)
  const highest = schema.maximum ?? (schema.exclusiveMaximum === undefined ? undefined : schema.exclusiveMaximum - 1)
  const wanted = (EXAMPLE_VALUES[name] ?? []).map(Number).find(Number.isFinite) ?? 1
  return Math.min(Math.max(wanted, lowest ?? wanted), highest ?? wanted)
}

function sampleObject(schema: JsonSchema, kind: SampleOf): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const names = Object.keys(properties)
  const shown = kind === 'input' && required.length > 0 ? names.filter((name) => required.includes(name)) : names
  const sample = Object.fromEntries(shown.map((name) => [name, sampleOf(properties[name] ?? {}, kind, name)]))
  if (names.length > 0 || typeof additionalProperties !== 'object') return sample
  const keys = schema.propertyNames
  const key = keys?.enum?.[0] ?? (keys?.pattern ? sampleText(keys, 'country') : 'Color')
  return { [String(key)]: sampleOf(additionalProperties, kind, 'value') }
}

function sampleArray(schema: JsonSchema, kind: SampleOf, name: string): unknown[] {
  if (schema.prefixItems) return schema.prefixItems.map((item) => sampleOf(item, kind, name))
  const one = schema.items ? [sampleOf(schema.items, kind, name.replace(/s$/, ''))] : []
  return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () => one).flat()
}

/** Puts what `$ref` names in its place, once; what contains itself ends in an empty list. */
export function expanded(schema: JsonSchema): JsonSchema {
  const { $defs = {}, ...root } = schema
  const expand = (part: unknown, open: readonly string[]): unknown => {
    if (Array.isArray(part)) return part.map((item) => expand(item, open))
    if (part === null || typeof part !== 'object') return part
    const name = '$ref' in part && typeof part.$ref === 'string' ? (part.$ref.split('/').at(-1) ?? '') : null
    if (name !== null) return open.includes(name) ? {} : expand($defs[name] ?? {}, [...open, name])
    const items = 'items' in part ? part.items : undefined
    const isRecursive = typeof items === 'object' && items !== null && '$ref' in items && open.length > 0
    if (isRecursive) return { ...part, default: [] }
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, expand(value, open)]))
  }
  // A schema in, the same schema without references out.
  return expand(root, []) as JsonSchema
}

/** A value that fits `schema` and reads like one of the shop. `name` is the field it stands in. */
export function sampleOf(schema: JsonSchema, kind: SampleOf, name = ''): unknown {
  const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.enum?.[0] ?? schema.default
  if (given !== undefined) return given
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== 'null')
  if (choice) return sampleOf({ ...schema, anyOf: undefined, oneOf: undefined, ...choice }, kind, name)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, kind, name)))
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return sampleObject(schema, kind)
  if (type === 'array') return sampleArray(schema, kind, name)
  if (type === 'integer' || type === 'number') return sampleNumber(schema, name)
  if (type === 'boolean') return true
  return type === 'string' ? sampleText(schema, name) : null
}

import { z } from 'zod'
import { invalidRequest } from './failure.ts'
import type { FormTree } from './form.ts'

/** Every value arrives as text, as Stripe's form encoding has it. */
export const flag = z.enum(['true', 'false'], 'Invalid boolean').transform((value) => value === 'true')
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number)
export const text = z.string().min(1).max(5000)
/** An empty string unsets the field. */
export const emptyable = <S extends z.ZodType>(schema: S) => z.union([z.literal('').transform(() => null), schema])
/** Accepted, and without effect in the sandbox. */
export const opaque = z.unknown().optional()
export const ignored = (names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, opaque])) as Record<string, typeof opaque>

export const Metadata = emptyable(z.record(z.string().max(40), z.string().max(500)))
export type MetadataPatch = z.infer<typeof Metadata>
export const Expandable = { expand: z.array(z.string()).optional() }
export const email = z
  .string()
  .max(512)
  .regex(/^[^\s@]+@[^\s@]+$/, 'Invalid email address')
export const webAddress = z.url({ protocol: /^https?$/, error: 'Not a valid URL' })

const Bounds = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
})
export const Page = {
  limit: integer.optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: z.union([integer.transform((at) => ({ gte: at, lte: at })), Bounds]).optional(),
  ...Expandable,
}

/** Parses request parameters; the first problem becomes Stripe's 400 with `param`. */
export function parseParams<S extends z.ZodType>(schema: S, params: FormTree): z.infer<S> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw problemOf(first ? deepest(first) : undefined, params)
}

type Issue = z.core.$ZodIssue

/** Of a union's branches the one that got furthest tells most. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flat().map((child) => ({ ...child, path: [...issue.path, ...child.path] }))
  const unlike = inner.filter((child) => child.code !== 'invalid_value')
  const [best = issue] = (unlike.length > 0 ? unlike : inner).sort((a, b) => b.path.length - a.path.length)
  return best === issue ? issue : deepest(best)
}

const nameOf = (path: readonly PropertyKey[]) =>
  path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')

function valueAt(params: FormTree, path: readonly PropertyKey[]): unknown {
  let value: unknown = params
  for (const part of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined
  return value
}

function problemOf(issue: Issue | undefined, params: FormTree) {
  const path = issue?.path ?? []
  const param = nameOf(path)
  if (issue?.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => nameOf([...path, key]))
    const [many, list] = names.length > 1 ? ['s', names.join(', ')] : ['', names[0] ?? '']
    const extra = { code: 'parameter_unknown', param: names[0] ?? '' }
    return invalidRequest(`Received unknown parameter${many}: ${list}`, extra)
  }
  const value = valueAt(params, path)
  if (value === undefined)
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (value === '') {
    return invalidRequest(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a field; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param },
    )
  }
  return invalidValue(issue, value, param)
}

function invalidValue(issue: Issue | undefined, value: unknown, param: string) {
  const message = issue?.message ?? 'Invalid value'
  const shown = typeof value === 'string' ? `: ${value.slice(0, 100)}` : ''
  if (message === 'Invalid integer') {
    return invalidRequest(`Invalid integer${shown}`, { code: 'parameter_invalid_integer', param })
  }
  if (message === 'Not a valid URL') return invalidRequest(message, { code: 'url_invalid', param })
  if (message === 'Invalid email address') return invalidRequest(message + shown, { code: 'email_invalid', param })
  if (message === 'Invalid boolean') return invalidRequest(message + shown, { param })
  if (issue?.code === 'invalid_type') {
    const wanted = issue.expected === 'array' ? 'array' : issue.expected === 'string' ? 'string' : 'object'
    return invalidRequest(`Invalid ${wanted}`, { param })
  }
  if (issue?.code === 'invalid_value') {
    return invalidRequest(`Invalid ${param}: must be one of ${oneOf(issue.values.map(String))}`, { param })
  }
  if (issue?.code === 'too_big') {
    return invalidRequest(`Invalid string: must be at most ${issue.maximum} characters`, { param })
  }
  return invalidRequest(`Invalid value for ${param}`, { param })
}

const oneOf = (names: string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}, or ${names.at(-1)}`

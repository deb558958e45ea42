import { z } from 'zod'
import { problem } from '#app/server/answer.server.ts'
import { isApiError } from '#app/server/api.server.ts'

export type FieldErrors = Record<string, string[] | undefined>

/** What an action returns when a form was not accepted: the page shows it beside the fields. */
export interface Refusal {
  message: string | null
  fields: FieldErrors
  values: Record<string, string>
}

const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i

/** The form that an action was sent. What is no form throws the page's own 415, a broken one 400. */
export async function readForm(request: Request): Promise<FormData> {
  if (!FORM.test(request.headers.get('Content-Type') ?? '')) {
    problem(request, 415, 'unsupported_media', 'This page takes forms only.')
  }
  try {
    return await request.formData()
  } catch {
    problem(request, 400, 'invalid_input', 'This form did not arrive whole.')
  }
}

const SECRET_FIELDS = ['password', 'current']

/** Text fields of a form as an object, without empty ones; secrets can be left out for showing the form again. */
export function formValues(form: FormData, keepSecrets = false): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string' || value === '') continue
    if (keepSecrets || !SECRET_FIELDS.includes(name)) values[name] = value
  }
  return values
}

export function refusal(form: FormData, message: string | null, fields: FieldErrors = {}): Refusal {
  return { message, fields, values: formValues(form) }
}

/** For actions that answer on the same page without refusing anything. */
export const emptyRefusal = (): Refusal => ({ message: null, fields: {}, values: {} })

const dotted = (path: PropertyKey[]) => path.map(String).join('.')

/** zod says of an empty field that a string was expected; a person is told what to do. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && / received (undefined|NaN)/.test(issue.message)
  const isBlank = issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1
  return isMissing || isBlank ? 'Fill this in.' : issue.message
}

/** Errors by field name; nested fields are written with a dot. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: Record<string, string[]> = {}
  for (const issue of error.issues) {
    const name = dotted(issue.path)
    fields[name] = [...(fields[name] ?? []), sentenceOf(issue)]
  }
  return fields
}

type Parsed<T> = { ok: true; data: T } | { ok: false; refusal: Refusal }

/** Checks a submitted form against a contract. `shape` turns the flat fields into what the contract expects. */
export function parseForm<S extends z.ZodType>(
  form: FormData,
  schema: S,
  shape: (values: Record<string, string>) => unknown = (values) => values,
): Parsed<z.infer<S>> {
  const parsed = schema.safeParse(shape(formValues(form, true)))
  if (parsed.success) return { ok: true, data: parsed.data }
  return { ok: false, refusal: refusal(form, null, fieldErrors(parsed.error)) }
}

const Details = z.object({ fields: z.record(z.string(), z.array(z.string())) })

/** Turns an error that a person can do something about into a refusal; throws all others again. */
export function refusalOf(form: FormData, error: unknown): Refusal {
  if (!isApiError(error) || error.status === 401 || error.status === 500) throw error
  const details = Details.safeParse(error.details)
  return refusal(form, error.message, details.success ? details.data.fields : {})
}

import Ajv, { type ValidateFunction } from 'ajv'
import { z } from 'zod'
import type { Reply } from './conformance.walk.ts'

/** As much of Stripe's OpenAPI 3.0 document as it takes to find the schema of a reply. */
const Document = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})
const Operation = z.looseObject({ responses: z.record(z.string(), z.unknown()) })

/** OpenAPI 3.0 says `nullable` where JSON Schema has a null among the alternatives. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, asJsonSchema(value)]),
  )
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest
}

const pointer = (...parts: string[]) =>
  `stripe#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

/** Compares replies with Stripe's own OpenAPI document; the text is that document as JSON. */
export function createConformance(text: string) {
  const document = Document.parse(asJsonSchema(JSON.parse(text)))
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true, logger: false })
  ajv.addSchema(document, 'stripe')
  const validators = new Map<string, ValidateFunction>()
  const operations = Object.entries(document.paths).map(([path, methods]) => ({
    path,
    methods,
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }))
  // `/v1/balance/history` and `/v1/balance/{id}` both fit: the one with fewer blanks is meant.
  operations.sort((a, b) => a.path.split('{').length - b.path.split('{').length)

  function validatorOf(method: string, path: string, status: number): ValidateFunction | null {
    const verb = method.toLowerCase()
    const found = operations.find(({ pattern, methods }) => verb in methods && pattern.test(path))
    if (!found) return null
    const { responses } = Operation.parse(found.methods[verb])
    const code = String(status) in responses ? String(status) : 'default'
    const ref = pointer('paths', found.path, verb, 'responses', code, 'content', 'application/json', 'schema')
    const known = validators.get(ref) ?? ajv.compile({ $ref: ref })
    validators.set(ref, known)
    return known
  }

  return {
    version: document.info.version,
    /** What is wrong with a reply, one line each; nothing when it fits. */
    complaints({ method, path, status, body }: Reply): string[] {
      const validate = validatorOf(method, path, status)
      if (!validate) return [`${method} ${path}: Stripe has no such endpoint`]
      if (validate(body)) return []
      const errors = (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath || 'the reply'} ${message}`,
      )
      return [...new Set(errors)].map((error) => `${method} ${path} (${status}): ${error}`)
    },
  }
}

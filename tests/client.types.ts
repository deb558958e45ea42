import { join } from 'node:path'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { wholeDocument } from './api.documents.ts'

export const CLIENT_TYPES = join(import.meta.dirname, '../services/client/src/api.generated.ts')

/** The types of every route, from the contracts by way of the OpenAPI documents. */
export async function renderClientTypes(): Promise<string> {
  // Examples are for readers of the documents; as comments they would be most of the file.
  const text = JSON.stringify(await wholeDocument(), (name, value) => (name === 'example' ? undefined : value))
  // A field with a default may be left out of a request.
  const nodes = await openapiTS(text, { defaultNonNullable: false })
  return COMMENT_HEADER + astToString(nodes)
}

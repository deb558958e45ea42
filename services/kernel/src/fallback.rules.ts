import { ERROR_STATUS, type ErrorCode } from '@vitrine/contracts/envelope'
import { API_NAMES } from '@vitrine/contracts/identity'

const NAMES: readonly string[] = API_NAMES
/** Those that answer at their bare name too; the routes of the others begin below it. */
const AT_THEIR_NAME = ['cart', 'orders']

/** What to say in place of a service, or of Traefik itself. */
export interface Refusal {
  status: number
  code: ErrorCode
  message: string
}

const refusal = (code: ErrorCode, message: string): Refusal => ({ status: ERROR_STATUS[code], code, message })

const away = (service: string): Refusal =>
  refusal('unavailable', `The ${service} service does not answer right now. Try again in a moment.`)

/** True for addresses that programs call; people's browsers get a page elsewhere. */
export const isOfApi = (path: string): boolean => /^\/(api|internal|stripe)(\/|$)/i.test(path)

/** Nobody took the request: the service that owns the path is away, or there is none. */
export function unclaimed(path: string, isPrivate: boolean): Refusal {
  const [, area, service = '', ...rest] = path.split('/')
  const isServed = rest.length > 0 ? NAMES.includes(service) : AT_THEIR_NAME.includes(service)
  const isAuthorize = path.startsWith('/api/auth/authorize')
  const isReachable = (area === 'api' && (isPrivate || !isAuthorize)) || (area === 'internal' && isPrivate)
  if (isReachable && isServed) return away(service)
  return refusal('not_found', `Nothing is served at this ${area === 'api' ? 'path of the API' : 'path'}.`)
}

/** What a status means that Traefik, or the server of a service, answered without words of its own. */
export function wordless(status: number, path: string): Refusal {
  if (status === 413) return refusal('too_large', 'The body is too large.')
  if (status === 431) return refusal('invalid_input', 'The address or the headers are too long.')
  const service = path.split('/')[2] ?? ''
  return away(NAMES.includes(service) ? service : 'asked')
}

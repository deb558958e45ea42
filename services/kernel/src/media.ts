import type { AnyElysia } from 'elysia'
import { AppError } from './errors.ts'

type Media = 'json' | 'form' | 'any'

/** What a route takes as its body: JSON where it has a schema, unless it says that it parses a form, or nothing. */
function mediaOf({ hooks }: AnyElysia['routes'][number]): Media {
  const parsers = [hooks.parse ?? []].flat().map((parser) => (typeof parser === 'object' ? parser.fn : parser))
  if (parsers.includes('formdata')) return 'form'
  return hooks.body && parsers.length === 0 ? 'json' : 'any'
}

const TAKES: Record<Exclude<Media, 'any'>, RegExp> = {
  json: /^application\/json\s*(;|$)/i,
  form: /^multipart\/form-data\s*(;|$)/i,
}

const hasBody = ({ body, bodyUsed }: Request): boolean => bodyUsed || body !== null

/** Says what is wrong with a body whose type the route does not take: Elysia by itself parses any it knows. */
export function createMediaCheck(routes: () => AnyElysia['routes']) {
  let media: Map<string, Media> | undefined

  return {
    refusalOf(request: Request, route: string): AppError | null {
      // Made on the first request: by then every route is there.
      media ??= new Map(routes().map((one) => [`${one.method} ${one.path}`, mediaOf(one)]))
      const taken = media.get(`${request.method} ${route}`) ?? 'any'
      if (taken === 'any' || !hasBody(request) || TAKES[taken].test(request.headers.get('content-type') ?? ''))
        return null
      const wanted = taken === 'json' ? 'application/json' : 'multipart/form-data'
      return new AppError('unsupported_media', `Send the body as ${wanted}.`)
    },
  }
}

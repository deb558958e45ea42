import type { Origin } from './account.ts'

/** Where a request came from. The edge writes `X-Forwarded-For` itself, so its first entry is the visitor. */
export function originOf({ request, requestId }: { request: Request; requestId: string }): Origin {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? ''
  return { address: forwarded.slice(0, 60), userAgent: request.headers.get('user-agent') ?? '', requestId }
}

/** The token of `Authorization: Bearer …`; null when there is none. */
export const bearerOf = (request: Request): string | null =>
  /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null

/** The value of one cookie of the request. */
export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=')
    if (key === name) return value.join('=')
  }
  return null
}

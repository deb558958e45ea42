export type Encoding = 'br' | 'gzip'

/** The best encoding a caller takes (RFC 9110, 12.5.3), or null. */
export function encodingFor(acceptEncoding: string | null): Encoding | null {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name = '', ...params] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const quality = params.find((param) => param.startsWith('q='))?.slice(2)
      return [name, quality === undefined ? 1 : Number(quality)] as const
    }),
  )
  return (['br', 'gzip'] as const).find((name) => (accepted.get(name) ?? 0) > 0) ?? null
}

/** Whether a caller's `If-None-Match` names this entity tag (RFC 9110, 13.1.2). */
export function isKnownTag(ifNoneMatch: string | null, tag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.some((one) => one === '*' || one === tag)
}

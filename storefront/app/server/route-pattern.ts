interface RouteEntry {
  path?: string | undefined
  parentId?: string | undefined
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : escaped(part)
  })
  return new RegExp(`^${parts.join('/')}/?$`, 'i')
}

/** Names the route of a path by its pattern, so that numbers kept by route do not grow with every path asked for. */
export function createPatternOf(routes: Record<string, RouteEntry | undefined>): (path: string) => string {
  const whole = (id: string | undefined): string => {
    const route = id === undefined ? undefined : routes[id]
    return route ? [whole(route.parentId), route.path ?? ''].filter(Boolean).join('/') : ''
  }
  const patterns = [...new Set(Object.keys(routes).map((id) => `/${whole(id)}`))]
  // What is written out goes before what is open: of two patterns that fit, Remix takes the closer one.
  const rank = (pattern: string) => (pattern.includes('*') ? 2 : pattern.includes(':') ? 1 : 0)
  const known = patterns
    .toSorted((a, b) => rank(a) - rank(b))
    .map((pattern) => ({ pattern, expression: expressionOf(pattern) }))
  const written = new Set(patterns.filter((pattern) => rank(pattern) === 0))

  return (path) => {
    const page = path.replace(/\.data$/, '').replace(/^\/_root$/, '/')
    if (written.has(page)) return page
    return known.find(({ expression }) => expression.test(page))?.pattern ?? 'none'
  }
}

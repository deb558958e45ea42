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

type Routes = Record<string, RouteEntry | undefined>

function patternOfRoute(routes: Routes, id: string | undefined): string {
  const whole = (one: string | undefined): string => {
    const route = one === undefined ? undefined : routes[one]
    return route ? [whole(route.parentId), route.path ?? ''].filter(Boolean).join('/') : ''
  }
  return `/${whole(id)}`
}

/** The ids of the routes that a page of this pattern is made of: those of the pattern and all they stand in. */
export function routesOf(routes: Routes, pattern: string): string[] {
  const found = new Set<string>()
  for (const id of Object.keys(routes)) {
    if (patternOfRoute(routes, id) !== pattern) continue
    for (let one: string | undefined = id; one !== undefined; one = routes[one]?.parentId) found.add(one)
  }
  return [...found]
}

/** Names the route of a path by its pattern, so that numbers kept by route do not grow with every path asked for. */
export function createPatternOf(routes: Routes): (path: string) => string {
  const patterns = [...new Set(Object.keys(routes).map((id) => patternOfRoute(routes, id)))]
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

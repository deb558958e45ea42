import { createRequestHandler, type ServerBuild } from '@remix-run/server-runtime'
import type { RouteHandle } from '#app/root.tsx'
import type { RenderPage } from '#app/server/page-notes.ts'
import { routesOf } from '#app/server/route-pattern.ts'

const pick = <T>(all: Record<string, T>, names: string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))

/**
 * How to render the pages of a pattern. Remix sorts all its routes anew for each request, three times; a page without
 * React in the browser leads nowhere else, so it is rendered by an app of its own few routes.
 */
export function createBranches(build: ServerBuild): (pattern: string) => RenderPage {
  const whole = createRequestHandler(build, 'production')
  const known = new Map<string, RenderPage>()

  function renderOf(pattern: string): RenderPage {
    const names = routesOf(build.routes, pattern)
    const isHydrated = names.some((name) => (build.routes[name]?.module.handle as RouteHandle | undefined)?.hydrate)
    if (names.length === 0 || isHydrated) return whole
    const assets = { ...build.assets, routes: pick(build.assets.routes, names) }
    return createRequestHandler({ ...build, routes: pick(build.routes, names), assets }, 'production')
  }

  return (pattern) => {
    const render = known.get(pattern) ?? renderOf(pattern)
    known.set(pattern, render)
    return render
  }
}

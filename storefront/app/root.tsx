import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { useContext, useEffect } from 'react'
import { enhanceDrafts } from '#app/enhance/drafts.ts'
import enhanceUrl from '#app/enhance/enhance.ts?worker&url'
import { enhanceOffline } from '#app/enhance/offline.ts'
import { ShopFooter } from '#app/features/shell/footer.tsx'
import type { ShellData } from '#app/features/shell/header.tsx'
import { EnclosedHeader, ShopHeader } from '#app/features/shell/header.tsx'
import { ProblemPage } from '#app/features/shell/problem-page.tsx'
import { NonceContext } from '#app/nonce.ts'
import { loadShell } from '#app/server/shell.server.ts'
import stylesUrl from '#app/styles/index.css?url'

/** What a route says of itself: `export const handle: RouteHandle = { hydrate: true, shell: 'checkout' }`. */
export interface RouteHandle {
  /** Whether React runs in the browser on this page. Pages of the shop do without. */
  hydrate?: boolean
  /** What stands around the page, also as a function of what its loader said. `none`: the page brings everything. */
  shell?: ShellKind | ((data: unknown) => ShellKind)
}

export type ShellKind = 'shop' | 'checkout' | 'none'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesUrl },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const loader = ({ request, context }: LoaderFunctionArgs) => loadShell(request, context.notes)

const NO_SHELL: ShellData = { categories: [], productCount: 0, cartCount: 0, isSignedIn: false, isSandbox: false }

function useHandle() {
  const found: { hydrate: boolean; shell: ShellKind } = { hydrate: false, shell: 'shop' }
  const matches = useMatches()
  for (const { handle, data } of matches) {
    // Every `handle` of this app is a RouteHandle; Remix types it as unknown.
    const own = (handle ?? {}) as RouteHandle
    found.hydrate = own.hydrate ?? found.hydrate
    const shell = typeof own.shell === 'function' ? own.shell(data) : own.shell
    found.shell = shell ?? found.shell
  }
  return found
}

function Shell({ kind, children }: { kind: ShellKind; children: ReactNode }) {
  const shell = useRouteLoaderData<typeof loader>('root') ?? NO_SHELL
  const { pathname, search } = useLocation()
  if (kind === 'none') return children
  if (kind === 'checkout') {
    return (
      <>
        <EnclosedHeader isSandbox={shell.isSandbox} />
        {children}
      </>
    )
  }
  return (
    <>
      <ShopHeader shell={shell} path={pathname} query={new URLSearchParams(search).get('q') ?? ''} />
      {children}
      <ShopFooter shell={shell} />
    </>
  )
}

function BrowserCode({ isHydrated }: { isHydrated: boolean }) {
  const nonce = useContext(NonceContext)
  // Only where React runs; the other pages have it among the scripts of `enhance.ts`.
  useEffect(() => {
    enhanceDrafts()
    enhanceOffline()
  }, [])
  if (!isHydrated) return <script type="module" src={enhanceUrl} nonce={nonce || undefined} />
  return (
    <>
      <ScrollRestoration nonce={nonce} />
      <Scripts nonce={nonce} />
    </>
  )
}

export function Layout({ children }: { children: ReactNode }) {
  const handle = useHandle()
  const error = useRouteError()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fafbfa" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0b110f" media="(prefers-color-scheme: dark)" />
        {error ? <title>Something is missing, Vitrine</title> : <Meta />}
        <Links />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <Shell kind={error ? 'shop' : handle.shell}>{children}</Shell>
        <BrowserCode isHydrated={handle.hydrate && !error} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ProblemPage error={useRouteError()} />
}

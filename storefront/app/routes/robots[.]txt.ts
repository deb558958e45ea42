import { publicUrl } from '#app/server/env.server.ts'

const HIDDEN = ['/account', '/admin', '/api/', '/cart', '/checkout', '/login', '/register', '/search']

export const loader = () => {
  const rules = HIDDEN.map((path) => `Disallow: ${path}`).join('\n')
  const text = `User-agent: *\n${rules}\n\nSitemap: ${publicUrl('/sitemap.xml')}\n`
  return new Response(text, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'max-age=3600' },
  })
}

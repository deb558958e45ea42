import { z } from 'zod'

const Env = z.object({
  NODE_ENV: z.string().default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  MESH_URL: z.url().default('http://traefik:8081'),
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Traefik's own view of its servers, for the system page. */
  TRAEFIK_URL: z.url().default('http://traefik:8082'),
  REDIS_URL: z.string().default('redis://redis:6379'),
})

function parseEnv() {
  const parsed = Env.safeParse(process.env)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The storefront cannot start. ${problems.join(' ')}`)
}

/** The storefront's configuration, parsed once per process. */
export const env = parseEnv()

/** True when browsers reach the shop over https: cookies are then Secure and carry the `__Host-` prefix. */
export const isHttps = env.PUBLIC_URL.startsWith('https:')

/** The address under which the world finds a path of ours. */
export const publicUrl = (path: string): string => new URL(path, env.PUBLIC_URL).href

import { z } from 'zod'
import { TracingEnv } from './tracing.ts'

/** What every service reads. Defaults suit one machine; compose and the mesh set the real addresses. */
export const BaseEnv = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  MONGO_URL: z.string().default('mongodb://127.0.0.1:27017/?replicaSet=rs0'),
  REDIS_URL: z.string().default('redis://127.0.0.1:6379'),
  MESH_URL: z.string().default('http://127.0.0.1:8081'),
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  KEYS_DIR: z.string().default('.mesh/data/keys'),
  ...TracingEnv.shape,
  SEED_DEMO: z.stringbool().default(false),
  /** Where the Stripe sandbox keeps the fault switches of the tester's page. */
  SWITCHES_URL: z.url().optional(),
  /** A key of Stripe's is in use somewhere in this shop. */
  REAL_PAYMENTS: z.stringbool().default(false),
  /** Where to end this process, as `stock-held:2`. Tests only, like `BREAK`. */
  FAILPOINT: z
    .string()
    .regex(/^[\w-]+(:[1-9]\d*)?$/)
    .optional(),
  BREAK: z.enum(['reserve-without-condition', 'release-before-cancel']).optional(),
})
export type BaseEnv = z.infer<typeof BaseEnv>

/** Unset and empty mean the same: compose passes `${VAR:-}` as an empty string. */
const withoutEmpty = (source: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))

/** Parses the environment once. Names every bad variable together, never its value, and ends the process. */
export function readEnv<S extends z.ZodType>(
  schema: S,
  source: Record<string, string | undefined> = process.env,
): z.infer<S> {
  const parsed = schema.safeParse(withoutEmpty(source))
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) console.error(`Bad variable ${issue.path.join('.')}: ${issue.message}`)
  process.exit(2)
}

/** True when the shop is reachable from elsewhere, so that demo accounts and default secrets must be refused. */
export function isPublicProduction(env: Pick<BaseEnv, 'NODE_ENV' | 'PUBLIC_URL'>): boolean {
  const host = new URL(env.PUBLIC_URL).hostname
  const isLoopback = host === 'localhost' || host === '[::1]' || host.startsWith('127.')
  return env.NODE_ENV === 'production' && !isLoopback
}

import { z } from 'zod'
import { Permission } from './permissions.ts'

/** Services with a public prefix, `/api/<name>`: each has a health, a document and a system route there. */
export const API_NAMES = ['auth', 'catalog', 'cart', 'orders', 'payments', 'notifications'] as const
/** All that sign their calls with a key of their own. */
export const SERVICE_NAMES = [...API_NAMES, 'storefront'] as const
export const ServiceName = z.enum(SERVICE_NAMES)
export type ServiceName = z.infer<typeof ServiceName>

/** What the identity assertion (`X-Identity`) says of a signed-in person. */
export const Identity = z.object({
  userId: z.string(),
  sessionId: z.string(),
  /** The whole name as the account has it; what others may see of it is each service's matter. */
  name: z.string().default(''),
  roles: z.array(z.string()),
  permissions: z.array(Permission),
})
export type Identity = z.infer<typeof Identity>

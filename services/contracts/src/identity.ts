import { z } from 'zod'
import { Permission } from './permissions.ts'

/** Services of the mesh by the name that stands in their public prefix (`/api/<name>`). */
export const SERVICE_NAMES = ['auth', 'catalog', 'cart', 'orders', 'payments', 'notifications', 'storefront'] as const
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

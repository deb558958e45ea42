import { z } from 'zod'

/** What a service answers auth at `/internal/<service>/people/:id`: all it keeps about one person. */
export const KeptData = z.object({ items: z.array(z.record(z.string(), z.unknown())) })
export type KeptData = z.infer<typeof KeptData>

import { success } from '@vitrine/contracts/envelope'
import type { z } from 'zod'

/** The success envelope of a reply. */
export const ok = <T>(data: T) => ({ success: true as const, data })

/** The `response` option of a route: the envelope around `schema`, and the error reply for every refusal. */
export const replies = <S extends z.ZodType, C extends number = 200>(schema: S, status?: C) =>
  ({ [status ?? 200]: success(schema) }) as Record<C, ReturnType<typeof success<S>>>

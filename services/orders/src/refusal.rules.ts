import { ErrorReply } from '@vitrine/contracts/envelope'
import { AppError } from '@vitrine/kernel/errors'
import type { z } from 'zod'
import type { OrderRecord } from './order.ts'

const Refusal = ErrorReply.shape.error.omit({ requestId: true })
/** Why a checkout was refused, as it is stored to be told again. */
export type Refusal = z.infer<typeof Refusal>

export const toRefusal = ({ code, message, details }: AppError): Refusal => ({
  code,
  message,
  ...(details ? { details } : {}),
})

/** The error that a stored refusal was. */
export function toError(stored: unknown): AppError {
  const { code, message, details } = Refusal.parse(stored)
  return new AppError(code, message, details)
}

/** What ended this order in its own checkout; null when something else did, or it goes on. */
export function refusalOf({ timeline }: Pick<OrderRecord, 'timeline'>): AppError | null {
  const refusal = timeline.findLast(({ data }) => data.refusal !== undefined)?.data.refusal
  return refusal === undefined ? null : toError(refusal)
}

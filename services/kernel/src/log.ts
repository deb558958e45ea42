import pino from 'pino'
import { currentContext } from './context.ts'

export type Log = pino.Logger

const SECRET_KEYS = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'authorization',
  'cookie',
  'secret',
]

/** JSON lines on standard output; secrets are redacted wherever they stand up to two levels deep. */
export function createLog(name: string): Log {
  return pino(
    {
      level: process.env.LOG_LEVEL ?? 'info',
      base: { service: name },
      // Every line of a request or event says which, whoever writes it.
      mixin: () => {
        const context = currentContext()
        return context ? { requestId: context.requestId, traceId: context.trace.traceId } : {}
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    pino.destination({ dest: 1, sync: true }),
  )
}

/** For tests: says nothing. */
export const silentLog = (): Log => pino({ level: 'silent' })

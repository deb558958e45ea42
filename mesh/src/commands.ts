import { constants } from 'node:os'
import { z } from 'zod'
import type { Supervisor } from './supervisor.ts'

/** `SIGSTOP`, also written as `STOP`. */
const Signal = z
  .string()
  .transform((name) => `SIG${name.replace(/^SIG/, '')}`)
  .pipe(z.custom<NodeJS.Signals>((name) => String(name) in constants.signals, 'There is no such signal.'))
const Named = z.object({ name: z.string() })
const Kill = Named.extend({ signal: Signal.prefault('KILL') })
const Scale = Named.extend({ count: z.number().int().max(32) })

/** What `npm run mesh` may ask of a running mesh. */
export const createCommands = (
  supervisor: Supervisor,
  stop: () => void,
): Record<string, (body: unknown) => unknown> => ({
  kill(body) {
    const { name, signal } = Kill.parse(body)
    for (const replica of supervisor.find(name)) replica.signal(signal)
  },
  scale(body) {
    const { name, count } = Scale.parse(body)
    return supervisor.scale(name, count)
  },
  restart: (body) => supervisor.restart(Named.parse(body).name),
  // Answered first: the socket the answer takes goes down with the mesh.
  stop: () => void setTimeout(stop, 20),
})

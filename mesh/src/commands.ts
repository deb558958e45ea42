import { constants } from 'node:os'
import { z } from 'zod'
import type { Supervisor } from './supervisor.ts'

const Signal = z.custom<NodeJS.Signals>(
  (name) => typeof name === 'string' && name in constants.signals,
  'No such signal.',
)
const Named = z.object({ name: z.string() })
const Kill = Named.extend({ signal: Signal.default('SIGKILL') })
const Scale = Named.extend({ count: z.number().int().min(0).max(32) })

/** What `npm run mesh` may ask of a running mesh. */
export const createCommands = (
  supervisor: Supervisor,
  stop: () => Promise<void>,
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

import { z } from 'zod'
import type { Supervisor } from './supervisor.ts'

const SIGNALS = [
  'SIGKILL',
  'SIGTERM',
  'SIGSTOP',
  'SIGCONT',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
] as const

const Named = z.object({ name: z.string() })
const Kill = Named.extend({ signal: z.enum(SIGNALS).default('SIGKILL') })
const Scale = Named.extend({ count: z.number().int().min(0).max(32) })

/** What `npm run mesh` may ask of a running mesh. */
export function createCommands({ supervisor, stop }: { supervisor: Supervisor; stop: () => Promise<void> }) {
  const table: Record<string, (body: unknown) => unknown> = {
    kill(body) {
      const { name, signal } = Kill.parse(body)
      for (const replica of supervisor.find(name)) replica.signal(signal)
    },
    scale(body) {
      const { name, count } = Scale.parse(body)
      return supervisor.scale(name, count)
    },
    restart: (body) => supervisor.restart(Named.parse(body).name),
    stop() {
      // Answered first: the socket the answer takes goes down with the mesh.
      setTimeout(stop, 20)
    },
  }
  return async (name: string, body: unknown): Promise<unknown> => {
    const run = table[name]
    if (!run) throw new Error(`There is no command "${name}".`)
    return run(body)
  }
}

import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Connection } from './mongo.ts'

const MEASURE_MS = 30_000
/** Less is the way there and back, and not worth a jump. */
const WORTH_MS = 500

/**
 * The time of the database, by the machine's clock and how far it is off. Replicas whose machines disagree then end
 * the same holds at the same moment. Measured at the start and every 30 s; the last measure stays while it is away.
 */
export async function databaseClock(connection: Connection, machine: Clock, log: Log) {
  let offsetMs = 0

  async function measure(): Promise<void> {
    const before = machine.now().getTime()
    const hello = await connection.db?.admin().command({ hello: 1 })
    const middle = (before + machine.now().getTime()) / 2
    const measured = hello?.localTime instanceof Date ? hello.localTime.getTime() - middle : 0
    const next = Math.abs(measured) > WORTH_MS ? measured : 0
    if (Math.abs(next - offsetMs) > WORTH_MS) log.warn({ offsetMs: next }, 'this clock and the database’s disagree')
    offsetMs = next
  }

  await measure()
  const timer = setInterval(() => measure().catch(() => undefined), MEASURE_MS)
  timer.unref()
  const clock: Clock = { now: () => new Date(machine.now().getTime() + offsetMs) }
  return { clock, stop: () => clearInterval(timer) }
}

import { readFile } from 'node:fs/promises'

/** Linux counts processor time in ticks of 1/100 s (proc(5), `sysconf(_SC_CLK_TCK)`). */
const MILLISECONDS_PER_TICK = 10

async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold spaces; what follows it starts with field 3. utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

/** Processor time used so far by these processes, in milliseconds; 0 where the system has no /proc. */
export async function processorTime(pids: readonly number[]): Promise<number> {
  const ticks = await Promise.all(pids.map(ticksOf))
  return ticks.reduce((sum, one) => sum + one, 0) * MILLISECONDS_PER_TICK
}

/** The same for each service by itself. */
export async function processorTimes(
  replicas: readonly { service: string; pid: number }[],
): Promise<Map<string, number>> {
  const times = await Promise.all(
    replicas.map(async ({ service, pid }) => [service, await processorTime([pid])] as const),
  )
  const sums = new Map<string, number>()
  for (const [service, time] of times) sums.set(service, (sums.get(service) ?? 0) + time)
  return sums
}

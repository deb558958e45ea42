import { closeSync, openSync } from 'node:fs'
import type { Program } from './programs.ts'

/**
 * Ends every process group named on its input when that input closes: the operating system closes it when the
 * mesh dies, however it dies. It lives in a session of its own, so that Ctrl-C does not reach it.
 */
const SCRIPT = `
trap '' INT TERM HUP
list=' '
while read -r sign group; do
  case $sign in
    +) list="$list$group " ;;
    -) list="\${list%% $group *} \${list#* $group }" ;;
  esac
done
each() { for group in $list; do kill "$1" -"$group" 2>/dev/null && found=1; done; }
each -TERM
each -CONT
for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  found=
  each -0
  [ -z "$found" ] && exit 0
  sleep 0.2
done
each -KILL
`

/** Starts processes that cannot outlive this one, each in a group of its own. */
export function createReaper() {
  const watcher = Bun.spawn(['sh', '-c', SCRIPT], { stdin: 'pipe', stdout: 'ignore', stderr: 'ignore', detached: true })
  function tell(line: string): void {
    watcher.stdin.write(`${line}\n`)
    watcher.stdin.flush()
  }

  function start({ argv, cwd, env }: Program, logFile: string) {
    const log = openSync(logFile, 'a')
    const child = Bun.spawn(argv, { cwd, env, stdin: 'ignore', stdout: log, stderr: log, detached: true })
    closeSync(log)
    tell(`+ ${child.pid}`)
    return {
      pid: child.pid,
      /** Resolves with the exit code, or the signal that ended it. */
      exited: child.exited.then(() => {
        tell(`- ${child.pid}`)
        return child.signalCode ?? child.exitCode ?? 0
      }),
      /** Sends a signal to the process and all it started. */
      signal(name: string): void {
        try {
          process.kill(-child.pid, name)
        } catch (error) {
          // No such process: gone already.
          if (!String(error).includes('ESRCH')) throw error
        }
      },
    }
  }

  return { start, stop: () => watcher.stdin.end() }
}
export type Reaper = ReturnType<typeof createReaper>
export type Child = ReturnType<Reaper['start']>

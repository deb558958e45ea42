import { closeSync, openSync } from 'node:fs'

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
for group in $list; do kill -TERM -"$group" 2>/dev/null; kill -CONT -"$group" 2>/dev/null; done
i=0
while [ $i -lt 30 ]; do
  alive=
  for group in $list; do kill -0 -"$group" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && exit 0
  sleep 0.1
  i=$((i+1))
done
for group in $list; do kill -KILL -"$group" 2>/dev/null; done
`

export interface Child {
  pid: number
  exited: Promise<{ code: number | null; signal: string | null }>
  /** Sends a signal to the process and all it started. */
  signal(name: NodeJS.Signals): void
}

export interface SpawnOptions {
  argv: string[]
  cwd: string
  env: Record<string, string>
  logFile: string
}

/** Starts processes that cannot outlive this one. */
export function createReaper() {
  const watcher = Bun.spawn(['sh', '-c', SCRIPT], { stdin: 'pipe', stdout: 'ignore', stderr: 'ignore', detached: true })
  const tell = (line: string) => {
    watcher.stdin.write(`${line}\n`)
    watcher.stdin.flush()
  }

  function start({ argv, cwd, env, logFile }: SpawnOptions): Child {
    const log = openSync(logFile, 'a')
    const child = Bun.spawn(argv, { cwd, env, stdin: 'ignore', stdout: log, stderr: log, detached: true })
    closeSync(log)
    tell(`+ ${child.pid}`)
    const exited = child.exited.then(() => {
      tell(`- ${child.pid}`)
      return { code: child.exitCode, signal: child.signalCode === null ? null : String(child.signalCode) }
    })
    return {
      pid: child.pid,
      exited,
      signal(name) {
        try {
          process.kill(-child.pid, name)
        } catch {
          // Gone already.
        }
      },
    }
  }

  return { start, stop: () => watcher.stdin.end() }
}
export type Reaper = ReturnType<typeof createReaper>

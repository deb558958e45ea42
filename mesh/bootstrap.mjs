// Plain Node, no packages: makes sure Bun and the dependencies are there, then runs the given entry under Bun.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BUN_VERSION = '1.4.5'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const tools = join(root, '.tools')
const bunPackage = join(tools, 'node_modules', 'bun')
// So it is called on every platform.
const bun = join(bunPackage, 'bin', 'bun.exe')

/** The version a Bun binary reports; an empty string when it is a stub or missing. */
function versionOf(binary) {
  const { stdout, status } = spawnSync(binary, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}

function run(what, command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (status === 0) return
  console.error(
    `Could not ${what}${error ? ` (${error.message})` : ''}. Check the network and run the same command again.`,
  )
  process.exit(1)
}

function installBun() {
  if (existsSync(bun) && versionOf(bun) === BUN_VERSION) return
  console.error(`installing Bun ${BUN_VERSION} into .tools ...`)
  mkdirSync(tools, { recursive: true })
  // `allowScripts`: newer npm runs only the install scripts named here.
  const manifest = { private: true, allowScripts: { bun: true }, dependencies: { bun: BUN_VERSION } }
  writeFileSync(join(tools, 'package.json'), JSON.stringify(manifest))
  const npm = ['install', '--prefix', tools, '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  run('install Bun with npm', 'npm', npm, { cwd: tools })
  // Where install scripts are switched off, npm leaves a stub that its own script repairs.
  if (versionOf(bun) !== BUN_VERSION)
    run('repair the Bun package', process.execPath, ['install.js'], { cwd: bunPackage })
}

/** Installs when the lock file is not the one installed last. */
function installDependencies() {
  const stamp = join(tools, 'installed')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'bun.lock')))
    .digest('hex')
  const isCurrent = existsSync(join(root, 'node_modules')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
  if (isCurrent) return
  console.error('installing dependencies ...')
  run('install the dependencies', bun, ['install', '--frozen-lockfile'])
  writeFileSync(stamp, lock)
}

installBun()
installDependencies()

const [entry, ...args] = process.argv.slice(2)
const child = spawn(bun, ['--no-env-file', join(root, entry), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${dirname(bun)}:${join(tools, 'node_modules', '.bin')}:${process.env.PATH}`,
    VITRINE_BOOTSTRAP_PID: String(process.pid),
  },
})

// Ctrl-C reaches the child by itself; it decides when to end. Other signals are passed on.
process.on('SIGINT', () => undefined)
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

/** The process npm runs scripts from stands two above: npm, its shell, this one. 0 where it cannot be seen. */
function grandparent() {
  try {
    return Number(
      readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    )
  } catch {
    return 0
  }
}

// npm killed outright tells nobody: then its shell, or this process, has a new parent. What it started ends with it.
const above = `${process.ppid} ${grandparent()}`
if (process.env.npm_lifecycle_event)
  setInterval(() => {
    if (`${process.ppid} ${grandparent()}` !== above) child.kill('SIGTERM')
  }, 500).unref()

child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

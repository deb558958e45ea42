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

function run(what, command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (status === 0) return
  console.error(
    `Could not ${what}${error ? ` (${error.message})` : ''}. Check the network and run the same command again.`,
  )
  process.exit(1)
}

function installBun() {
  // A stub or a missing file says no version.
  if (spawnSync(bun, ['--version'], { encoding: 'utf8' }).stdout?.trim() === BUN_VERSION) return
  console.error(`installing Bun ${BUN_VERSION} into .tools ...`)
  mkdirSync(tools, { recursive: true })
  // Whether npm runs install scripts is up to its version and settings; the one of Bun is run by hand.
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error']
  run('install Bun with npm', 'npm', ['install', '--prefix', tools, ...options, `bun@${BUN_VERSION}`], { cwd: tools })
  run('unpack Bun', process.execPath, ['install.js'], { cwd: bunPackage })
}

/** Installs when the lock file is not the one installed last. */
function installDependencies() {
  const stamp = join(tools, 'installed')
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'bun.lock')))
    .digest('hex')
  if (existsSync(join(root, 'node_modules')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.error('installing dependencies ...')
  run('install the dependencies', bun, ['install', '--frozen-lockfile'])
  writeFileSync(stamp, lock)
}

installBun()
installDependencies()

const [entry, ...args] = process.argv.slice(2)
const envFile = existsSync(join(root, '.env')) ? '--env-file=.env' : '--no-env-file'
const child = spawn(bun, [envFile, join(root, entry), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${dirname(bun)}:${join(tools, 'node_modules', '.bin')}:${process.env.PATH}`,
  },
})

// Ctrl-C reaches the child by itself; it decides when to end. Other signals are passed on.
process.on('SIGINT', () => undefined)
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))

// npm killed outright tells nobody; what it started ends with it.
const parent = process.ppid
setInterval(() => process.ppid !== parent && child.kill(), 500).unref()

child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

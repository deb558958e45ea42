import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

const lacksLibraries = (binary: string): boolean => {
  try {
    return execFileSync('ldd', [binary], { encoding: 'utf8' }).includes('not found')
  } catch {
    return false
  }
}

/** The browser inside the npm package; brings its own NSS libraries for machines that have none. */
async function packagedBrowser(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium')
  const path = await packaged.executablePath()
  if (!lacksLibraries(path)) return path
  // The package unpacks its libraries only where it believes to run on Lambda, and decides on import.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  const script = "import('@sparticuz/chromium').then(({inflate, default: c}) => c.executablePath())"
  execFileSync('node', ['-e', script], { cwd: import.meta.dirname, env: process.env })
  process.env.LD_LIBRARY_PATH = ['/tmp/al2023/lib', process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return path
}

/** `CHROMIUM`, Playwright's own, a system one, else the one inside an npm package: no download of its own. */
export async function findChromium(): Promise<string> {
  const candidates = [process.env.CHROMIUM, chromium.executablePath(), ...SYSTEM_BROWSERS]
  return candidates.find((path) => path && existsSync(path)) ?? packagedBrowser()
}

/** Flags that make headless Chromium quiet and able to run as root in a container. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

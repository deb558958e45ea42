import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from './mesh.process.ts'

const VERSION = '4.32.5'
const HOME = join(ROOT, '.mesh/schemathesis')
const PROGRAM = join(HOME, 'bin/schemathesis')
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance'

const Report = z.object({
  test_cases: z.object({ generated: z.number(), unique_failures: z.number(), errored: z.number() }),
})

/** Puts schemathesis beside the mesh's other programs; false where there is no Python with pip. */
export async function installSchemathesis(): Promise<boolean> {
  if (existsSync(PROGRAM)) return true
  const python = Bun.which('python3')
  if (!python) return false
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-warn-script-location']
  const child = Bun.spawn([python, ...pip, '--target', HOME, `schemathesis==${VERSION}`], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  })
  return (await child.exited) === 0 && existsSync(PROGRAM)
}

export interface FuzzRun {
  edge: string
  service: string
  /** A bearer token, or null for nobody. */
  token: string | null
  /** Generated cases an operation, beside the examples and the systematic ones. */
  casesEach: number
  report: string
  /** Regular expression of the paths to leave out, or to fuzz alone. */
  exclude?: string
  include?: string
}

export interface FuzzResult {
  cases: number
  failures: number
}

/** One document through the edge; what fails is printed with a curl command that repeats it. */
export async function fuzz({
  edge,
  service,
  token,
  casesEach,
  report,
  exclude,
  include,
}: FuzzRun): Promise<FuzzResult> {
  const options = [
    ['--url', edge],
    ['--checks', CHECKS],
    ['--phases', 'examples,coverage,fuzzing'],
    ['-n', String(casesEach)],
    ['--seed', '1'],
    ['--report', 'json'],
    ['--report-json-path', report],
    ['--warnings', 'off'],
    ['--request-timeout', '20'],
    // A busy machine generates slowly; that says nothing of the API.
    ['--suppress-health-check', 'all'],
    ...(token ? [['-H', `Authorization: Bearer ${token}`]] : []),
    ...(exclude ? [['--exclude-path-regex', exclude]] : []),
    ...(include ? [['--include-path-regex', include]] : []),
  ].flat()
  const document = `${edge}/api/${service}/openapi.json`
  const child = Bun.spawn(['python3', PROGRAM, 'run', document, ...options, '--continue-on-failure', '--no-shrink'], {
    cwd: join(ROOT, '.mesh'),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'inherit',
    env: {
      ...process.env,
      PYTHONPATH: [HOME, import.meta.dirname].join(':'),
      SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
    },
  })
  const output = await new Response(child.stdout).text()
  const code = await child.exited
  const text = await Bun.file(report)
    .text()
    .catch(() => '')
  if (text === '') {
    console.log(output)
    return { cases: 0, failures: 1 }
  }
  const { generated, unique_failures: failed, errored } = Report.parse(JSON.parse(text)).test_cases
  const failures = Math.max(failed + errored, code === 0 ? 0 : 1)
  if (failures > 0) console.log(output)
  return { cases: generated, failures }
}

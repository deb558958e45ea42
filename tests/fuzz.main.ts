import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { API_NAMES } from '@vitrine/contracts/identity'
import { z } from 'zod'
import { readState, startWholeMesh } from './mesh.process.ts'
import { fuzz, installSchemathesis } from './schemathesis.ts'

/**
 * Schemathesis against every OpenAPI document through the edge, as an admin, as nobody, and with an account of its own
 * for the routes that end a session: no server error, no undeclared status, no reply outside its schema.
 */
const ENDS_SESSION = '^/api/auth/(logout|sessions|me|password)'
const LEAST_CASES = 2000

const { values } = parseArgs({
  options: { service: { type: 'string' }, as: { type: 'string' }, cases: { type: 'string', default: '12' } },
})
const wantsService = (service: string) => values.service === undefined || values.service === service
const wantsRole = (role: string) => values.as === undefined || values.as === role

const SignedIn = z.object({ data: z.object({ accessToken: z.string() }) })

async function tokenOf(edge: string, path: string, body: Record<string, string>): Promise<string> {
  const reply = await fetch(`${edge}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return SignedIn.parse(await reply.json()).data.accessToken
}

const admin = (edge: string) => tokenOf(edge, 'login', { email: 'admin@vitrine.test', password: 'vitrine-admin-demo' })
const someone = (edge: string) =>
  tokenOf(edge, 'register', {
    email: `fuzz-${crypto.randomUUID().slice(0, 8)}@example.com`,
    password: 'a-long-enough-password',
    name: 'Fuzz',
  })

async function fuzzAll(edge: string): Promise<number> {
  const reports = await mkdtemp(join(tmpdir(), 'vitrine-fuzz-'))
  const casesEach = Number(values.cases)
  let cases = 0
  let failures = 0
  const run = async (role: string, service: string, token: string | null, paths: Record<string, string> = {}) => {
    const report = join(reports, `${service}-${role}.json`)
    const result = await fuzz({ edge, service, token, casesEach, report, ...paths })
    console.log(`${service} as ${role}: ${result.cases} cases, ${result.failures} failures`)
    cases += result.cases
    failures += result.failures
  }
  for (const service of API_NAMES.filter(wantsService)) {
    if (wantsRole('nobody')) await run('nobody', service, null)
    const exclude: Record<string, string> = service === 'auth' ? { exclude: ENDS_SESSION } : {}
    if (wantsRole('admin')) await run('admin', service, await admin(edge), exclude)
  }
  if (wantsService('auth') && wantsRole('customer'))
    await run('customer', 'auth', await someone(edge), { include: ENDS_SESSION })
  await rm(reports, { recursive: true, force: true })
  const isWhole = values.service === undefined && values.as === undefined
  if (isWhole && cases < LEAST_CASES) console.log(`Fewer than ${LEAST_CASES} cases were run.`)
  console.log(`${cases} cases, ${failures} failures`)
  return failures === 0 && (!isWhole || cases >= LEAST_CASES) ? 0 : 1
}

if (!(await installSchemathesis())) {
  console.log('Skipped: fuzzing needs Python 3 with pip, to install schemathesis.')
  process.exit(0)
}
const state = process.env.VITRINE_STATE
if (state) process.exit(await fuzzAll((await readState(state)).edge))
const mesh = await startWholeMesh()
const code = await fuzzAll(mesh.edge).finally(() => mesh.stop())
process.exit(code)

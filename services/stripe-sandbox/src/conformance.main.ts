import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createConformance } from './conformance.schema.ts'
import { walkEveryEndpoint } from './conformance.walk.ts'
import { ENDPOINTS } from './router.ts'
import { startTestSandbox } from './sandbox.testing.ts'

/**
 * Every endpoint's replies against the OpenAPI document that Stripe publishes: `--spec FILE`, or the copy inside Stripe's
 * own mock server, which the Go toolchain fetches and checks by its checksum database.
 */
const MOCK = 'github.com/stripe/stripe-mock@v0.203.0'
const { values } = parseArgs({ options: { spec: { type: 'string' } } })

async function specFromGo(): Promise<string | null> {
  if (!Bun.which('go')) return null
  const GOPATH = join(tmpdir(), 'vitrine-go')
  const child = Bun.spawn(['go', 'mod', 'download', '-modcacherw', '-json', MOCK], {
    cwd: tmpdir(),
    env: { ...process.env, GOPATH },
    stderr: 'ignore',
  })
  const said = z.object({ Dir: z.string() }).safeParse(JSON.parse((await new Response(child.stdout).text()) || '{}'))
  return said.success ? join(said.data.Dir, 'embedded/openapi/spec3.json') : null
}

const spec = values.spec ?? (await specFromGo())
if (!spec) {
  console.log('Skipped: there is no Go here to fetch the document with, and no --spec FILE was given.')
  process.exit(0)
}
const conformance = createConformance(await readFile(spec, 'utf8'))
const sandbox = await startTestSandbox()
const replies = await walkEveryEndpoint(sandbox).finally(() => sandbox.stop())
const complaints = new Set(replies.flatMap((reply) => conformance.complaints(reply)))
const missed = ENDPOINTS.filter(
  ({ method, pattern }) =>
    !replies.some((reply) => reply.method === method && pattern.test(reply.path) && reply.status < 300),
)
for (const complaint of complaints) console.log(complaint)
for (const { method, path } of missed) console.log(`${method} ${path} never answered well in the walk`)
console.log(
  `${replies.length} replies of ${ENDPOINTS.length} endpoints against Stripe's OpenAPI document ${conformance.version}: ${complaints.size} complaints, ${missed.length} endpoints missed`,
)
process.exit(complaints.size + missed.length ? 1 : 0)

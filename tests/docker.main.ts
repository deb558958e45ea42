import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, type MeshState, ROOT } from './mesh.process.ts'

/**
 * The same manifest in real containers: builds the images, waits until all is healthy, and runs the checks of the edge
 * and a guest's checkout against it. Uses whatever `docker compose` finds; without an engine there is nothing to do.
 * Containers are called at their own addresses too, as Docker on Linux allows.
 */
const PORT = String(await freePort())
const SANDBOX_SECRET_KEY = 'sk_test_vitrine_local'
const environment = { ...process.env, PORT, SANDBOX_SECRET_KEY, STRIPE_SECRET_KEY: '', NODE_ENV: '', PUBLIC_URL: '' }

async function docker(...args: string[]): Promise<void> {
  const child = Bun.spawn(['docker', ...args], { cwd: ROOT, env: environment, stdout: 'inherit', stderr: 'inherit' })
  if ((await child.exited) !== 0) throw new Error(`"docker ${args.join(' ')}" failed.`)
}

async function ask(...args: string[]): Promise<string> {
  const child = Bun.spawn(['docker', ...args], { cwd: ROOT, env: environment, stdout: 'pipe', stderr: 'ignore' })
  const said = await new Response(child.stdout).text()
  return (await child.exited) === 0 ? said.trim() : ''
}

const hasEngine = async () =>
  Boolean(
    Bun.which('docker') &&
      (await ask('version', '--format', '{{.Server.Version}}')) &&
      (await ask('compose', 'version')),
  )

/** Ending the check deletes its volumes, so it keeps away from a shop that is already there. */
async function refuseExisting(): Promise<void> {
  const label = ['--filter', 'label=com.docker.compose.project=vitrine']
  const there = (await ask('ps', '-aq', ...label)) || (await ask('volume', 'ls', '-q', ...label))
  if (there)
    throw new Error(
      'Containers or volumes of this shop exist already. Delete them with "docker compose down -v" first.',
    )
}

const INSPECT =
  '{{index .Config.Labels "com.docker.compose.service"}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}} {{.State.Pid}}'

/** What the tests read in `state.json`, with the addresses of the containers. */
async function containerState(): Promise<MeshState> {
  const ids = (await ask('compose', 'ps', '-q')).split('\n')
  const rows = (await ask('inspect', '--format', INSPECT, ...ids)).split('\n').map((row) => row.split(' '))
  const replicas = rows.map(([service = '', host = '', pid]) => {
    const port = service === 'stripe-sandbox' ? 12111 : 3000
    return { service, index: 1, pid: Number(pid), port, url: `http://${host}:${port}`, healthy: true }
  })
  const hostOf = (name: string) =>
    new URL(replicas.find(({ service }) => service === name)?.url ?? 'http://missing').hostname
  return {
    isReady: true,
    edge: `http://localhost:${PORT}`,
    mesh: `http://${hostOf('traefik')}:8081`,
    mongo: `mongodb://${hostOf('mongo')}:27017/?directConnection=true`,
    redis: `redis://${hostOf('redis')}:6379`,
    traefikApi: `http://${hostOf('traefik')}:8082`,
    stripe: { url: `http://${hostOf('stripe-sandbox')}:12111`, secretKey: SANDBOX_SECRET_KEY, publishableKey: '' },
    replicas,
  }
}

async function test(stateDir: string, ...args: string[]): Promise<boolean> {
  const command = [process.execPath, 'test', '--timeout', '60000', ...args]
  const env = { ...process.env, VITRINE_STATE: stateDir, NODE_ENV: 'test' }
  return (await Bun.spawn(command, { cwd: ROOT, env, stdout: 'inherit', stderr: 'inherit' }).exited) === 0
}

async function check(): Promise<boolean> {
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-docker-state-'))
  try {
    await docker('compose', 'build')
    await docker('compose', 'up', '--detach', '--wait', '--wait-timeout', '300')
    await writeFile(join(stateDir, 'state.json'), JSON.stringify(await containerState()))
    const isEdgeFine = await test(stateDir, './tests/system/edge.test.ts')
    return (await test(stateDir, './tests/system/checkout.test.ts', '-t', 'a paid order is confirmed')) && isEdgeFine
  } catch (error) {
    await docker('compose', 'ps', '-a')
    await docker('compose', 'logs', '--tail', '20')
    throw error
  } finally {
    await docker('compose', 'down', '--volumes', '--remove-orphans')
    await rm(stateDir, { recursive: true, force: true })
  }
}

try {
  if (await hasEngine()) {
    await refuseExisting()
    process.exitCode = (await check()) ? 0 : 1
    console.log(process.exitCode ? 'the containers failed' : 'the containers do what the mesh does')
  } else console.log('skipped: no Docker engine')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

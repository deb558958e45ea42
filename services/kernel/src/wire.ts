import type { ServiceName } from '@vitrine/contracts/identity'
import { createAssertionSigner, createCallerVerifier } from './assertion.ts'
import { systemClock } from './clock.ts'
import type { BaseEnv } from './env.ts'
import { followSwitches } from './fault.switches.ts'
import { createServiceClient } from './http.ts'
import { createIdentityVerifier } from './identity.ts'
import { createLog } from './log.ts'
import { armTestSwitches } from './test.switches.ts'
import { startTracing } from './tracing.ts'

/** What every service's `main.ts` needs besides its own stores. */
export async function wireService({ name, env }: { name: ServiceName; env: BaseEnv }) {
  const [signAssertion, verifyCaller] = await Promise.all([
    createAssertionSigner(env.KEYS_DIR, name),
    createCallerVerifier(env.KEYS_DIR),
  ])
  const log = createLog(name)
  armTestSwitches({ service: name, env, log })
  followSwitches(env)
  await startTracing(name, env, log)
  return {
    name,
    clock: systemClock,
    log,
    verifyCaller,
    verifyIdentity: createIdentityVerifier({ audience: name, meshUrl: env.MESH_URL }),
    client: createServiceClient({ meshUrl: env.MESH_URL, signAssertion }),
  }
}

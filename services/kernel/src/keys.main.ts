import { createServiceKeys } from './assertion.ts'
import { BaseEnv, readEnv } from './env.ts'

await createServiceKeys(readEnv(BaseEnv).KEYS_DIR)

import { systemClock } from '@vitrine/kernel/clock'
import { readEnv } from '@vitrine/kernel/env'
import { createLog } from '@vitrine/kernel/log'
import { connectMongo } from '@vitrine/kernel/mongo'
import { AuthEnv } from './env.ts'
import { mongoSigningKeys } from './signing-key.mongo.ts'

/** Adds a signing key now, as after a leak; running replicas publish it within 30 s and sign with it after 2 min. */
const connection = await connectMongo(readEnv(AuthEnv).MONGO_URL, 'auth', createLog('auth'))
await mongoSigningKeys(connection).add(systemClock.now())
await connection.close()
console.log('A new signing key is in place. It signs in two minutes.')

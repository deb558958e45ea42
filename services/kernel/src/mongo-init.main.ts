import mongoose from 'mongoose'
import { z } from 'zod'
import { readEnv } from './env.ts'

/** Makes one mongod a replica set of one, or moves the set to the address it has now; ends when it is primary. */
const { MONGO_MEMBER: host } = readEnv(z.object({ MONGO_MEMBER: z.string().default('127.0.0.1:27017') }))
const client = new mongoose.mongo.MongoClient(`mongodb://${host}/?directConnection=true`, {
  serverSelectionTimeoutMS: 30_000,
})
await client.connect()
const admin = client.db('admin')

const config = { _id: 'rs0', version: 1, members: [{ _id: 0, host }] }
try {
  const { config: current } = await admin.command({ replSetGetConfig: 1 })
  if (current.members[0].host !== host)
    await admin.command({
      replSetReconfig: { ...current, version: current.version + 1, members: config.members },
      force: true,
    })
} catch (error) {
  if (!(error instanceof mongoose.mongo.MongoServerError) || error.codeName !== 'NotYetInitialized') throw error
  await admin.command({ replSetInitiate: config })
}

const deadline = Date.now() + 30_000
while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
  if (Date.now() > deadline) throw new Error(`${host} did not become primary.`)
  await Bun.sleep(30)
}
await client.close()
process.exit(0)

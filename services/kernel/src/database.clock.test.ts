import { expect, test } from 'bun:test'
import { databaseClock } from './database.clock.ts'
import { silentLog } from './log.ts'
import { connectMongo } from './mongo.ts'
import { startTestMongo } from './stores.testing.ts'

test.each([-600_000, 0, 600_000])('a machine whose clock is %p ms off goes by the database’s time', async (skewMs) => {
  const { url } = await startTestMongo()
  const connection = await connectMongo(url, 'clock', silentLog())
  const skewed = { now: () => new Date(Date.now() + skewMs) }
  const { clock, stop } = await databaseClock(connection, skewed, silentLog())
  expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(1000)
  stop()
  await connection.close()
})

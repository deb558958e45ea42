import { join } from 'node:path'
import { isPublicProduction, readEnv } from '@vitrine/kernel/env'
import { createLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { mongoStores } from './app.ts'
import { CatalogEnv } from './env.ts'
import { mongoSeed } from './seed.mongo.ts'
import { seedDemo, seedSynthetic } from './seed.service.ts'
import { guardStock } from './stock.models.mongo.ts'
import { SIZE } from './studio/backdrop.ts'
import { withPictureCache } from './studio/cache.ts'
import { openStudio, WIDTHS } from './studio/studio.ts'

const env = readEnv(CatalogEnv)
const log = createLog('seed')
if (isPublicProduction(env)) {
  log.info('demo data is not written in production')
  process.exit(0)
}
const connection = await connectMongo(env.MONGO_URL, 'catalog', log)
const { pictures } = mongoStores(connection, createOutbox(connection))
await ensureIndexes(connection)
await guardStock(connection)
// Beside the packages, so that every mesh of this checkout shares them; the volume serves containers.
const besidePackages = join(import.meta.dir, '../node_modules/.cache/pictures')
const cached = withPictureCache(openStudio(), besidePackages, SIZE, WIDTHS)
const takePicture = env.PICTURE_CACHE ? withPictureCache(cached, env.PICTURE_CACHE, SIZE, WIDTHS) : cached
const deps = { store: mongoSeed(connection), pictures, takePicture, now: new Date(), log }
await (env.SEED_PRODUCTS > 0 ? seedSynthetic(env.SEED_PRODUCTS, deps) : seedDemo(deps))
await connection.close()

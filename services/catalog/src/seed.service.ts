import type { Log } from '@vitrine/kernel/log'
import { bags } from './demo/bags.demo.ts'
import { home } from './demo/home.demo.ts'
import { kitchen } from './demo/kitchen.demo.ts'
import { listen } from './demo/listen.demo.ts'
import { outdoors } from './demo/outdoors.demo.ts'
import { type Seed, seedOf } from './demo/seed.rules.ts'
import { syntheticBatches } from './demo/synthetic.demo.ts'
import { wear } from './demo/wear.demo.ts'
import type { PictureRepository } from './picture.repository.ts'
import type { mongoSeed } from './seed.mongo.ts'
import type { Developed, Shot } from './studio/studio.ts'

export interface SeedDeps {
  store: ReturnType<typeof mongoSeed>
  pictures: PictureRepository
  takePicture: (shot: Shot) => Promise<Developed>
  now: Date
  log: Log
}

const MARKER = 'demo-catalog-1'
/** The camera and the encoder take turns on the processors. */
const AT_ONCE = 3

async function takeAll(shots: Seed['shots'], { takePicture, pictures }: SeedDeps): Promise<void> {
  const waiting = [...shots]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { pictureId, shot } = next
      const { files } = await takePicture(shot)
      await pictures.save(files.map((file) => ({ pictureId, ...file })))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** The demo catalog, once. A seed that was interrupted goes on where it stopped. */
export async function seedDemo(deps: SeedDeps): Promise<void> {
  if (await deps.store.hasMarker(MARKER)) return
  const seed = seedOf([listen, kitchen, home, bags, wear, outdoors], deps.now)
  await deps.store.write(seed, deps.now)
  deps.log.info(
    { products: seed.products.length, pictures: seed.shots.length },
    'demo catalog written; taking its pictures',
  )
  await takeAll(seed.shots, deps)
  await deps.store.setMarker(MARKER, deps.now)
  deps.log.info('demo catalog is complete')
}

/** A large catalog for measurements, once per size. */
export async function seedSynthetic(count: number, { store, now, log }: SeedDeps): Promise<void> {
  const marker = `synthetic-${count}`
  if (await store.hasMarker(marker)) return
  for (const batch of syntheticBatches(count, now)) await store.write(batch, now)
  await store.setMarker(marker, now)
  log.info({ products: count }, 'synthetic catalog written')
}

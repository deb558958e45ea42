import type { Log } from '@vitrine/kernel/log'
import type { CatalogViews } from './view.service.ts'

const EVERY_MS = 200

/** Looks after the view without anybody asking, so that a change nobody announced is announced soon. Returns `stop`. */
export function startPatrol(views: CatalogViews, log: Log): () => Promise<void> {
  let isStopping = false
  let isAway = false

  async function walk(): Promise<void> {
    while (!isStopping) {
      try {
        await views.patrol()
        isAway = false
      } catch (error) {
        if (!isAway) log.warn({ err: error }, 'the catalog cannot be checked for changes')
        isAway = true
      }
      await Bun.sleep(EVERY_MS)
    }
  }

  const done = walk()
  return async () => {
    isStopping = true
    await done
  }
}

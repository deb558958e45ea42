import type { Model } from 'mongoose'
import type { Log } from './log.ts'

const REOPEN_AFTER_MS = 1000

/**
 * Calls `heard` after each committed insertion into the collection of `model`, by whichever replica. Whoever listens
 * also looks by itself now and then: while the store is away, nothing is heard. Returns how to stop.
 */
export function listenForInsertions<T>(model: Model<T>, log: Log, heard: () => void): () => Promise<void> {
  let isStopping = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let close = async () => {}

  function open() {
    const stream = model.watch([{ $match: { operationType: 'insert' } }, { $project: { _id: 1 } }])
    close = () => stream.close()
    stream.on('change', heard)
    stream.on('error', (error) => {
      if (isStopping) return
      log.warn({ err: error, collection: model.collection.name }, 'change stream ended; opening another')
      stream.close().catch(() => undefined)
      timer = setTimeout(open, REOPEN_AFTER_MS)
    })
  }

  open()
  return async () => {
    isStopping = true
    clearTimeout(timer)
    await close().catch(() => undefined)
  }
}

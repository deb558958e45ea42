const DAY_MS = 86_400_000

/** A new key is published this long before it signs: caches of the key set are older than that nowhere. */
export const PUBLISHED_BEFORE_MS = 2 * 60_000
/** What a replaced key signed last is worth nothing after this: access tokens live 10 min, assertions 1 min. */
const PUBLISHED_AFTER_MS = 3_600_000
/** An expired access token still finds its session, for as long as any session lasts. */
const KEPT_AFTER_MS = 31 * DAY_MS

export interface DatedKey {
  createdAt: Date
}

const beginOf = ({ createdAt }: DatedKey, isFirst: boolean): number =>
  isFirst ? 0 : createdAt.getTime() + PUBLISHED_BEFORE_MS

/** What each key is for right now. `keys` are newest first. */
export function rolesOfKeys<K extends DatedKey>(keys: readonly K[], now: Date) {
  const begins = keys.map((key, index) => beginOf(key, index === keys.length - 1))
  const isReplaced = (index: number, sinceMs: number) => {
    const successor = begins[index - 1]
    return successor !== undefined && successor + sinceMs <= now.getTime()
  }
  const signing = keys[begins.findIndex((begin) => begin <= now.getTime())]
  return {
    signing,
    published: keys.filter((_, index) => !isReplaced(index, PUBLISHED_AFTER_MS)),
    verifying: keys.filter((_, index) => !isReplaced(index, KEPT_AFTER_MS)),
    spent: keys.filter((_, index) => isReplaced(index, KEPT_AFTER_MS)),
  }
}

/** Whether the newest key is old enough to be followed by another. */
export const isRotationDue = (newest: DatedKey, now: Date, days: number): boolean =>
  now.getTime() - newest.createdAt.getTime() >= days * DAY_MS

import type { Intent } from './intent.rules.ts'
import type { Change } from './objects.repository.ts'

/** What to save, what to answer, and the error to answer with instead once it is saved. */
export interface Decision {
  intent: Intent
  change: Omit<Change, 'account'>
  error?: Error
}

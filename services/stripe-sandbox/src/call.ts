import type { FormTree } from './form.ts'
import type { Caller } from './keys.ts'
import type { ObjectRepository } from './objects.repository.ts'

/** One authenticated request to the API. */
export interface Call extends Caller {
  params: FormTree
  now: Date
  requestId: string
  idempotencyKey: string | null
  newId(prefix: string): string
}

export interface SandboxDeps {
  objects: ObjectRepository
  /** Where the browser reaches the challenge page. */
  publicUrl: string
}

export const seconds = (date: Date): number => Math.floor(date.getTime() / 1000)
export const requestOf = (call: Call) => ({ id: call.requestId, idempotencyKey: call.idempotencyKey })

/** Failed sign-ins of one account, whether it exists or not. */
export interface ThrottleRepository {
  /** When the next attempt is allowed; null when it is now. */
  findBlock(key: string, now: Date): Promise<Date | null>
  /** Counts a failure and returns how many there were in a row. */
  countFailure(key: string, now: Date): Promise<number>
  block(key: string, until: Date): Promise<void>
  clear(key: string): Promise<void>
}

import { expect, test } from 'bun:test'
import { silentLog } from './log.ts'
import { armTestSwitches, isBroken } from './test.switches.ts'

const REDIS_URL = 'redis://127.0.0.1:1'

test.each(['production', 'development'] as const)(
  'a failpoint or a broken build is refused outside of tests, as in %s',
  (NODE_ENV) => {
    const arm = (more: object) =>
      armTestSwitches({ service: 'orders', env: { NODE_ENV, REDIS_URL, ...more }, log: silentLog() })
    expect(() => arm({ FAILPOINT: 'stock-held:1' })).toThrow('NODE_ENV=test')
    expect(() => arm({ BREAK: 'release-before-cancel' })).toThrow('NODE_ENV=test')
    expect(() => arm({})).not.toThrow()
    expect(isBroken('release-before-cancel')).toBe(false)
  },
)

import { expect, test } from 'bun:test'
import { plainCode, stepOf, totpUri } from './totp.rules.ts'

// RFC 6238, appendix B: the SHA-1 secret is "12345678901234567890"; its codes there have eight digits, ours the last six.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const at = (seconds: number) => new Date(seconds * 1000)

test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [2_000_000_000, '279037', 66_666_666],
])('the code of RFC 6238 at %i s is right', (seconds, code, step) => {
  expect(stepOf(SECRET, code, at(seconds))).toBe(step)
})

test('a code counts one step early or late and no longer', () => {
  expect(stepOf(SECRET, '287082', at(89))).toBe(1)
  expect(stepOf(SECRET, '287 082', at(59))).toBe(1)
  expect(stepOf(SECRET, '287082', at(120))).toBeNull()
  expect(stepOf(SECRET, 'abcdef', at(59))).toBeNull()
})

test('the address for authenticator apps names the shop and the account', () => {
  expect(totpUri(SECRET, 'ada@example.com')).toBe(
    `otpauth://totp/Vitrine:ada%40example.com?issuer=Vitrine&secret=${SECRET}&algorithm=SHA1&digits=6&period=30`,
  )
})

test('recovery codes are compared without dashes, spaces and capitals', () => {
  expect(plainCode(' ABCD-efgh 2345')).toBe('abcdefgh2345')
})

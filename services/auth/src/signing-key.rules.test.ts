import { expect, test } from 'bun:test'
import { isRotationDue, rolesOfKeys } from './signing-key.rules.ts'

const at = (text: string) => new Date(`2026-03-${text}Z`)
const old = { kid: 'old', createdAt: at('01T00:00:00') }
const young = { kid: 'young', createdAt: at('20T12:00:00') }
const kids = (keys: { kid: string }[]) => keys.map(({ kid }) => kid)

test('a new key is published at once and signs two minutes later', () => {
  const atOnce = rolesOfKeys([young, old], at('20T12:00:01'))
  expect(kids(atOnce.published)).toEqual(['young', 'old'])
  expect(atOnce.signing?.kid).toBe('old')
  expect(rolesOfKeys([young, old], at('20T12:02:00')).signing?.kid).toBe('young')
})

test('a replaced key is published for another hour, verifies for a month, and is then spent', () => {
  expect(kids(rolesOfKeys([young, old], at('20T13:01:00')).published)).toEqual(['young', 'old'])
  const later = rolesOfKeys([young, old], at('20T13:02:01'))
  expect(kids(later.published)).toEqual(['young'])
  expect(kids(later.verifying)).toEqual(['young', 'old'])
  const muchLater = rolesOfKeys([young, old], new Date('2026-04-21T00:00:00Z'))
  expect(kids(muchLater.verifying)).toEqual(['young'])
  expect(kids(muchLater.spent)).toEqual(['old'])
})

test('the first key of all signs from the start', () => {
  expect(rolesOfKeys([old], at('01T00:00:00')).signing?.kid).toBe('old')
})

test('a key is followed by another after its days', () => {
  expect(isRotationDue(old, at('30T23:59:59'), 30)).toBe(false)
  expect(isRotationDue(old, at('31T00:00:00'), 30)).toBe(true)
})
